package io.chartflow.model.linalg;

/**
 * Some rows of a left factor laid out in panels of {@value #ROWS}: step p's numbers of them lie
 * side by side at {@code p·8}, whichever way the factor lies in memory. A tile then finds its
 * numbers at constant distances, with one address for all and the bounds checks outside its loop.
 * Grows, never shrinks.
 */
final class LeftPanels {

  /** Rows of a panel, and of a tile. */
  static final int ROWS = 8;

  private float[] data = new float[0];
  private int first;
  private int inner;

  /** Lays out the rows {@code [first, end)}, which fill panels. */
  void set(LeftFactor a, int first, int end) {
    this.first = first;
    reserve(end - first, a.inner());
    for (int i = first; i < end; i += ROWS) {
      int to = (i - first) * inner;
      if (a.step() == 1) {
        fourRows(a, i, to);
        fourRows(a, i + 4, to + 4);
      } else {
        eightColumns(a.data(), a.at(i, 0), a.step(), inner, to);
      }
    }
  }

  /** Room for the transpose of {@code count} rows of a matrix, whose columns fill panels. */
  void reserveTransposed(int columns, int count) {
    reserve(columns, count);
  }

  /**
   * Lays out the rows {@code [from, to)} of those, of which {@code first} is the first in the
   * matrix.
   */
  void setTransposed(Matrix m, int first, int from, int to) {
    for (int i = 0; i < m.cols(); i += ROWS) {
      int panel = i * inner + from * ROWS;
      eightColumns(m.data(), m.row(first + from) + i, m.stride(), to - from, panel);
    }
  }

  private void reserve(int rows, int steps) {
    inner = steps;
    if (data.length < rows * steps) {
      data = new float[rows * steps];
    }
  }

  private void fourRows(LeftFactor a, int i, int to) {
    float[] x = a.data();
    float[] y = data;
    int a0 = a.at(i, 0);
    int a1 = a.at(i + 1, 0);
    int a2 = a.at(i + 2, 0);
    int a3 = a.at(i + 3, 0);
    for (int p = 0; p < inner; p++) {
      y[p * ROWS + to] = x[a0 + p];
      y[p * ROWS + to + 1] = x[a1 + p];
      y[p * ROWS + to + 2] = x[a2 + p];
      y[p * ROWS + to + 3] = x[a3 + p];
    }
  }

  private void eightColumns(float[] x, int from, int step, int count, int to) {
    float[] y = data;
    int at = from;
    for (int p = 0; p < count; p++) {
      y[p * ROWS + to] = x[at];
      y[p * ROWS + to + 1] = x[at + 1];
      y[p * ROWS + to + 2] = x[at + 2];
      y[p * ROWS + to + 3] = x[at + 3];
      y[p * ROWS + to + 4] = x[at + 4];
      y[p * ROWS + to + 5] = x[at + 5];
      y[p * ROWS + to + 6] = x[at + 6];
      y[p * ROWS + to + 7] = x[at + 7];
      at += step;
    }
  }

  /**
   * The eight rows from row i of the factor on, which are laid out, by a panel of the right factor
   * that begins at {@code from}: as {@link VectorTiles#tile4x2}.
   */
  void tile(
      int i,
      float[] panel,
      int from,
      float[] start,
      int f0,
      int rowStep,
      float[] c,
      int c0,
      int stride) {
    VectorTiles.laid8x2(
        data, (i - first) * inner, inner, panel, from, start, f0, rowStep, c, c0, stride);
  }

  /**
   * The outputs {@code j … j + 7} of a layer on a block, of whose weights this is the transpose.
   */
  void layerTile(int j, float[] h, int from, Matrix bias, float least, float[] out, int to) {
    VectorBlockTiles.laid(h, from, inner, data, j * inner, bias, j, least, out, to);
  }
}
