package io.chartflow.model.linalg;

import static io.chartflow.model.linalg.VectorTiles.LANES;

import io.chartflow.model.linalg.VectorTiles.Left;

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

  private static void wide(Left a, Matrix b, Matrix c) {
    int n = c.cols();
    int last = c.rows() - 1;
    int pairs = n - n % (2 * LANES);
    int i = 0;
    while (i <= last) {
      boolean high = TILE == 8 && last - i >= 4;
      for (int j = 0; j < pairs; j += 2 * LANES) {
        if (high) {
          VectorTiles.tile8x2(a, b, c, i, last, j);
        } else {
          VectorTiles.tile4x2(a, b, c, i, last, j);
        }
      }
      i += high ? 8 : 4;
    }
    for (i = 0; i <= last && pairs < n; i += 8) {
      columnTail(a, b, c, i, last, pairs);
    }
  }

  /** What is left of the columns: a whole vector, then the last vector over columns done before. */
  private static void columnTail(Left a, Matrix b, Matrix c, int i, int last, int from) {
    int j = from;
    if (j + LANES <= c.cols()) {
      VectorTiles.tile8x1(a, b, c, i, last, j, 0);
      j += LANES;
    }
    if (j < c.cols()) {
      int at = c.cols() - LANES;
      VectorTiles.tile8x1(a, b, c, i, last, at, j - at);
    }
  }

  /** Fewer columns than a vector has: both sides are copied to rows of a vector's length. */
  private static void narrow(Left a, Matrix b, Matrix c) {
    int n = c.cols();
    Matrix right = Matrix.zeros(b.rows(), LANES);
    Matrix out = Matrix.zeros(c.rows(), LANES);
    copy(b, right, n);
    copy(c, out, n);
    for (int i = 0; i < c.rows(); i += 8) {
      VectorTiles.tile8x1(a, right, out, i, c.rows() - 1, 0, 0);
    }
    copy(out, c, n);
  }

  private static void copy(Matrix from, Matrix to, int cols) {
    for (int i = 0; i < from.rows(); i++) {
      int at = from.row(i);
      int other = to.row(i);
      for (int j = 0; j < cols; j++) {
        to.data()[other + j] = from.data()[at + j];
      }
    }
  }
}
