package io.chartflow.model.linalg;

import static io.chartflow.model.linalg.VectorTiles.LANES;

import io.chartflow.model.linalg.VectorTiles.Left;
import jdk.incubator.vector.VectorMask;

/**
 * Kernels on {@code jdk.incubator.vector}, for any width of vector. Each element of a product is
 * summed by fused multiply-adds in the order of the inner index, as the {@linkplain ScalarKernels
 * scalar twin} does, so both give the same bits on every machine.
 *
 * <p>Only {@link Kernels#best} may name this class: it links only where the module is present.
 */
final class VectorKernels implements Kernels {

  static final Kernels INSTANCE = new VectorKernels();

  /** Rows of a tile. Machines with vectors of 8 floats (AVX2) have but 16 registers for them. */
  private static final int TILE = LANES == 8 ? 4 : 8;

  private VectorKernels() {}

  @Override
  public String name() {
    return "vectors of %d bits".formatted(32 * LANES);
  }

  @Override
  public void multiplyAdd(Matrix a, Matrix b, Matrix c) {
    ScalarKernels.checkProduct(a, b, c);
    Left left = new Left(a.data(), a.offset(), a.stride(), 1, a.cols());
    if (c.cols() >= LANES) {
      wide(left, b, c);
    } else {
      narrow(left, b, c);
    }
  }

  @Override
  public void multiplyTransposedAdd(Matrix a, Matrix b, Matrix c) {
    ScalarKernels.checkTransposedProduct(a, b, c);
    if (c.cols() >= LANES) {
      wide(new Left(a.data(), a.offset(), 1, a.stride(), a.rows()), b, c);
    } else if (c.rows() >= LANES) {
      Matrix cT = Matrix.zeros(c.cols(), c.rows()); // cᵀ += bᵀ·a has wide rows, and the same sums
      transpose(c, cT);
      wide(new Left(b.data(), b.offset(), 1, b.stride(), b.rows()), a, cT);
      transpose(cT, c);
    } else {
      ScalarKernels.INSTANCE.multiplyTransposedAdd(a, b, c);
    }
  }

  @Override
  public void reluInPlace(Matrix m) {
    if (m.stride() == m.cols()) {
      VectorRows.relu(m.data(), m.offset(), m.rows() * m.cols());
      return;
    }
    for (int i = 0; i < m.rows(); i++) {
      VectorRows.relu(m.data(), m.row(i), m.cols());
    }
  }

  @Override
  public void expInPlace(Matrix m) {
    if (m.stride() == m.cols()) {
      VectorRows.exp(m.data(), m.offset(), m.rows() * m.cols());
      return;
    }
    for (int i = 0; i < m.rows(); i++) {
      VectorRows.exp(m.data(), m.row(i), m.cols());
    }
  }

  @Override
  public void maskInPlace(Matrix gradient, Matrix activation) {
    int n = gradient.cols();
    if (gradient.stride() == n && activation.stride() == n) {
      VectorRows.mask(
          gradient.data(),
          gradient.offset(),
          activation.data(),
          activation.offset(),
          gradient.rows() * n);
      return;
    }
    for (int i = 0; i < gradient.rows(); i++) {
      VectorRows.mask(gradient.data(), gradient.row(i), activation.data(), activation.row(i), n);
    }
  }

  @Override
  public void addColumnSums(Matrix m, Matrix sums) {
    VectorRows.addColumnSums(m, sums.data(), sums.offset());
  }

  @Override
  public void addRows(Matrix from, int[] to, Matrix table) {
    for (int i = 0; i < from.rows(); i++) {
      VectorRows.add(from.data(), from.row(i), table.data(), table.row(to[i]), from.cols());
    }
  }

  @Override
  public int squaredDistances(float[] point, int at, Matrix columns, float[] squared) {
    VectorRows.squaredDistances(point, at, columns, squared);
    return VectorRows.smallest(squared, columns.cols());
  }

  private static void wide(Left a, Matrix b, Matrix c) {
    int n = c.cols();
    int last = c.rows() - 1;
    int pairs = n - n % (2 * LANES);
    int i = 0;
    while (i <= last) {
      boolean high = TILE == 8 && last - i >= 4;
      for (int j = 0; j < pairs; j += 2 * LANES) {
        pair(high, a, b, c, i, j, j + LANES);
      }
      if (n - pairs > LANES) { // the second vector overlaps the first: same sums, written twice
        pair(high, a, b, c, i, pairs, n - LANES);
      }
      i += high ? 8 : 4;
    }
    int left = n - pairs;
    if (left > 0 && left <= LANES) {
      VectorMask<Float> fresh = VectorTiles.last(left);
      for (i = 0; i <= last; i += 8) {
        VectorTiles.tile8x1(a, b, c, i, last, n - LANES, fresh);
      }
    }
  }

  private static void pair(boolean high, Left a, Matrix b, Matrix c, int i, int j, int k) {
    if (high) {
      VectorTiles.tile8x2(a, b, c, i, c.rows() - 1, j, k);
    } else {
      VectorTiles.tile4x2(a, b, c, i, c.rows() - 1, j, k);
    }
  }

  /**
   * Fewer columns than a vector has. Vectors reach into the rows below where {@code c} has them;
   * its last rows are worked out aside.
   */
  private static void narrow(Left a, Matrix b, Matrix c) {
    int n = c.cols();
    if (n == 0) {
      return;
    }
    VectorMask<Float> fresh = VectorTiles.first(n);
    Matrix right = b;
    if (b.rows() > 0 && b.row(b.rows() - 1) + LANES > b.data().length) {
      right = Matrix.zeros(b.rows(), LANES);
      copy(b, 0, right, 0, b.rows(), n);
    }
    int below = (LANES - n + c.stride() - 1) / c.stride(); // rows that a vector reaches into
    int i = 0;
    for (; i + 8 + below <= c.rows(); i += 8) {
      VectorTiles.tile8x1(a, right, c, i, c.rows() - 1, 0, fresh);
    }
    Matrix aside = Matrix.zeros(8, LANES);
    for (; i < c.rows(); i += 8) {
      int count = Math.min(8, c.rows() - i);
      copy(c, i, aside, 0, count, n);
      VectorTiles.tile8x1(a.from(i), right, aside, 0, count - 1, 0, fresh);
      copy(aside, 0, c, i, count, n);
    }
  }

  /** Copies {@code count} rows, as far as the first {@code cols} columns. */
  private static void copy(Matrix from, int i, Matrix to, int j, int count, int cols) {
    for (int r = 0; r < count; r++) {
      System.arraycopy(from.data(), from.row(i + r), to.data(), to.row(j + r), cols);
    }
  }
}
