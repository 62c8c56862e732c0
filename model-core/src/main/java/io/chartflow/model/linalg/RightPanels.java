package io.chartflow.model.linalg;

import static io.chartflow.model.linalg.VectorTiles.LANES;
import static io.chartflow.model.linalg.VectorTiles.WIDTH;

/**
 * Where the panels of a right factor lie: block after block of {@value #INNER} rows, of each block
 * the columns by two vectors' width, row after row. What is left of the columns is padded with
 * zeros. All are in one array and begin with a line of the cache, as far as that is known, so that
 * no vector of theirs lies across two.
 */
final class RightPanels {

  /** Steps of the inner index that a panel holds. */
  static final int INNER = 256;

  private final AlignedFloats memory = new AlignedFloats();
  private int rows;
  private int padded;

  /** A panel is one vector wide if no more columns are left and the left factor allows for it. */
  static int width(int columns, boolean narrow) {
    return narrow && columns <= LANES ? LANES : WIDTH;
  }

  /**
   * Makes room for a factor; what was there is lost.
   *
   * @param narrow whether the last panel may be one vector wide
   */
  void reserve(int factorRows, int factorCols, boolean narrow) {
    rows = factorRows;
    int before = (factorCols - 1) / WIDTH * WIDTH;
    padded = before + width(factorCols - before, narrow);
    memory.reserve(Math.multiplyExact(rows, padded));
  }

  float[] data() {
    return memory.data();
  }

  /**
   * Where the panel of the columns from j on begins, of the block of rows that p is the first of.
   */
  int at(int p, int j) {
    return memory.start() + p * padded + Math.min(INNER, rows - p) * j;
  }
}
