package io.chartflow.model.linalg;

import java.util.Arrays;

/**
 * The first columns of matrices that come again and again, viewed anew only where of as many rows
 * another matrix was the last.
 */
public final class FirstColumns {

  private Matrix[] whole = new Matrix[0];
  private Matrix[] views = new Matrix[0];

  /** The first {@code count} columns, a number that does not change. */
  public Matrix of(Matrix m, int count) {
    int rows = m.rows();
    if (rows >= views.length) {
      whole = Arrays.copyOf(whole, rows + rows / 4 + 1);
      views = Arrays.copyOf(views, rows + rows / 4 + 1);
    }
    if (!m.equals(whole[rows])) {
      whole[rows] = m;
      views[rows] = m.columns(0, count);
    }
    return views[rows];
  }
}
