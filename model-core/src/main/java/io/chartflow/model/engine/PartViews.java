package io.chartflow.model.engine;

import io.chartflow.model.linalg.Matrix;

/**
 * A lane's views of its part of matrices that come again and again, each made once; of very many
 * only some are kept.
 */
final class PartViews {

  private static final int BITS = 13;
  private static final int PLACES = 1 << BITS;

  /** Places that a view may lie at: the layers of a flow have some sixty matrices of a shape. */
  private static final int LOOKS = 256;

  /** Spreads shapes, so that sixty of one do not lie where those of the next begin. */
  private static final int GOLDEN = 0x9E3779B9;

  private final Matrix[] whole = new Matrix[PLACES + LOOKS];
  private final Matrix[] parts = new Matrix[PLACES + LOOKS];
  private int next;

  /** {@code count} rows from {@code first} on. */
  Matrix rows(Matrix m, int first, int count) {
    int place = place(m, m.row(first), count, m.cols());
    if (parts[place] == null) {
      parts[place] = m.rows(first, count);
    }
    return parts[place];
  }

  /** {@code count} columns from {@code first} on. */
  Matrix columns(Matrix m, int first, int count) {
    int place = place(m, m.row(0) + first, m.rows(), count);
    if (parts[place] == null) {
      parts[place] = m.columns(first, count);
    }
    return parts[place];
  }

  /** Where the view lies, or where there is room for it. */
  private int place(Matrix m, int offset, int rows, int cols) {
    int shape = ((m.data().length * 31 + m.rows()) * 31 + cols) * 31 + offset;
    int from = (shape * GOLDEN) >>> (Integer.SIZE - BITS);
    int place = from;
    for (; place < from + LOOKS && parts[place] != null; place++) {
      Matrix part = parts[place];
      boolean same = part.rows() == rows && part.cols() == cols && part.offset() == offset;
      if (same && m.equals(whole[place])) {
        return place;
      }
    }
    if (place == from + LOOKS) { // one of them has to go
      next = (next + 1) % LOOKS;
      place = from + next;
    }
    whole[place] = m;
    parts[place] = null;
    return place;
  }
}
