package io.chartflow.model.engine;

import io.chartflow.model.linalg.Matrix;

/** A tile of rows, viewed anew only where it is not the one of the last call. */
final class TileView {

  private Matrix view = Matrix.zeros(0, 0);

  /** The rows of tile {@code tile}. */
  Matrix of(Matrix m, int tile) {
    int from = tile * Network.TILE;
    int n = Math.min(Network.TILE, m.rows() - from);
    boolean same = view.data() == m.data() && view.offset() == m.row(from) && view.rows() == n;
    if (!same || view.stride() != m.stride()) {
      view = new Matrix(m.data(), m.row(from), n, m.cols(), m.stride());
    }
    return view;
  }
}
