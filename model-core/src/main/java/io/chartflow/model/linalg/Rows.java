package io.chartflow.model.linalg;

/**
 * Working memory for rows of one width. Grows by powers of two, so that it does not for a few rows
 * more than ever before, never shrinks, and makes a view of each number of rows once: work which
 * repeats itself makes no objects.
 */
public final class Rows {

  private final int cols;
  private float[] data = new float[0];
  private Matrix[] views = new Matrix[0];

  /** No rows yet. */
  public Rows(int cols) {
    this.cols = cols;
  }

  /** The first {@code count} rows; of larger memory, which holds nothing yet, if that is needed. */
  public Matrix top(int count) {
    if (count >= views.length) {
      int room = Math.max(count, Integer.highestOneBit(Math.max(1, count - 1)) * 2);
      data = new float[room * cols];
      views = new Matrix[room + 1];
    }
    Matrix view = views[count];
    if (view == null) {
      view = Matrix.of(data, 0, count, cols);
      views[count] = view;
    }
    return view;
  }

  /** All rows' values, one row after the other, as of the last growth. */
  public float[] data() {
    return data;
  }
}
