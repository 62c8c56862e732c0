package io.chartflow.model.linalg;

/**
 * The first columns of matrices that come again and again. As with {@link Rows}, all numbers of
 * rows have their view at once; one is made anew only where another matrix of as many rows was the
 * last.
 */
public final class FirstColumns {

  private Matrix[] views = new Matrix[0];

  /** The first {@code count} columns, a number that does not change. */
  public Matrix of(Matrix m, int count) {
    if (m.rows() >= views.length) {
      grow(m, count);
    }
    Matrix view = views[m.rows()];
    if (view == null || !beginsAs(view, m)) {
      view = view(m, m.rows(), count);
      views[m.rows()] = view;
    }
    return view;
  }

  private static boolean beginsAs(Matrix view, Matrix m) {
    return view.data() == m.data() && view.offset() == m.offset() && view.stride() == m.stride();
  }

  private static Matrix view(Matrix m, int rows, int count) {
    return new Matrix(m.data(), m.offset(), rows, count, m.stride());
  }

  /** By itself, so that the compiler takes {@link #of} into its callers. */
  private void grow(Matrix m, int count) {
    int room = Rows.room(m.rows());
    views = new Matrix[room + 1];
    for (int rows = 0; rows <= room && room <= Rows.AT_ONCE; rows++) {
      views[rows] = view(m, rows, count);
    }
  }
}
