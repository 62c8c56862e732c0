package io.chartflow.model.engine;

import io.chartflow.model.linalg.Matrix;

/**
 * A lane's views of its part of matrices that come again and again, each made once; of very many
 * only some are kept.
 */
final class PartViews {

  private static final int PLACES = 1 << 13;

  /** Places that a view may lie at. */
  private static final int LOOKS = 64;

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
    int whose = System.identityHashCode(m.data()); // a flow's layers have many of one shape
    int from = Math.floorMod(((whose * 31 + m.rows()) * 31 + cols) * 31 + offset, PLACES);
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
