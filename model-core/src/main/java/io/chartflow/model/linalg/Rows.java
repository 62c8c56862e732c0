package io.chartflow.model.linalg;

/**
 * Working memory for rows of one width. Grows by powers of two, so that it does not for a few rows
 * more than ever before, never shrinks, and makes a view of each number of rows once: work which
 * repeats itself makes no objects.
 */
public final class Rows {

  /**
   * Memory for at most so many rows has all its views at once: made one by one, as passes come that
   * have as many rows as none before, they were garbage of a step for minutes.
   */
  static final int AT_ONCE = 1024;

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
      grow(count);
    }
    Matrix view = views[count];
    if (view == null) {
      view = Matrix.of(data, 0, count, cols);
      views[count] = view;
    }
    return view;
  }

  /** By itself, so that the compiler takes {@link #top} into its callers. */
  private void grow(int count) {
    int room = room(count);
    data = new float[room * cols];
    views = new Matrix[room + 1];
    for (int rows = 0; rows <= room && room <= AT_ONCE; rows++) {
      views[rows] = Matrix.of(data, 0, rows, cols);
    }
  }

  /** For how many rows there is memory where so many are asked for: the next power of two. */
  static int room(int count) {
    return Math.max(count, Integer.highestOneBit(Math.max(1, count - 1)) * 2);
  }

  /** Moves the rows that are kept of those it holds to the top. */
  public void keep(KeptRows kept) {
    kept.inRows(data, cols);
  }

  /** All rows' values, one row after the other, as of the last growth. */
  public float[] data() {
    return data;
  }
}
