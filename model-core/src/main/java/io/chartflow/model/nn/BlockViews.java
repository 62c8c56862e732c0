package io.chartflow.model.nn;

import io.chartflow.model.linalg.Matrix;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of matrices that come again and again, one block for each feature, as views that are made
 * once. Of matrices of up to 16 rows, of 17 to 32 and so on, the last is remembered, so callers do
 * well to round their rows up.
 */
final class BlockViews {

  private static final int ROWS = 16;

  private final @Nullable Ranges rows;
  private final Ranges columns;
  private @Nullable Matrix[] matrices = new Matrix[0];
  private @Nullable Matrix[][] views = new Matrix[0][];

  /** Blocks of whole columns. */
  BlockViews(Ranges columns) {
    this(null, columns);
  }

  /** Blocks of those rows and columns. */
  BlockViews(@Nullable Ranges rows, Ranges columns) {
    this.rows = rows;
    this.columns = columns;
  }

  /** The feature's block of m. */
  Matrix of(Matrix m, int feature) {
    int slot = (m.rows() + ROWS - 1) / ROWS;
    if (slot >= matrices.length) {
      matrices = Arrays.copyOf(matrices, slot + 1);
      views = Arrays.copyOf(views, slot + 1);
    }
    if (!m.equals(matrices[slot])) {
      matrices[slot] = m;
      views[slot] = new Matrix[columns.from().length];
    }
    Matrix view = views[slot][feature];
    if (view == null) {
      Matrix part = rows == null ? m : m.rows(rows.from()[feature], rows.count(feature));
      view = part.columns(columns.from()[feature], columns.count(feature));
      views[slot][feature] = view;
    }
    return view;
  }

  /**
   * A range for each feature.
   *
   * @param from its first index
   * @param to one past its last
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Ranges(int[] from, int[] to) {

    int count(int feature) {
      return to[feature] - from[feature];
    }
  }
}
