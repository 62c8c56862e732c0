package io.chartflow.model.linalg;

import static io.chartflow.model.linalg.VectorTiles.LANES;

import io.chartflow.model.linalg.VectorTiles.End;
import io.chartflow.model.linalg.VectorTiles.Left;

/**
 * Matrix products by register tiles. The right factor is copied to panels of two vectors' width,
 * one after the other; each then meets all rows of the left. What is left of the columns is padded
 * to a panel, and its results are summed aside. Working memory of one thread; grows, never shrinks,
 * and holds nothing between two products.
 */
final class VectorProduct {

  /** Rows of a tile. Machines with vectors of 8 floats (AVX2) have but 16 registers for them. */
  private static final int TILE = LANES == 8 ? 4 : 8;

  private static final int WIDTH = 2 * LANES;

  private static final ThreadLocal<VectorProduct> OF_THREAD =
      ThreadLocal.withInitial(VectorProduct::new);

  private final float[] zeros = new float[WIDTH];
  private final float[] aside = new float[8 * WIDTH];
  private final float[] asideMask = new float[8 * WIDTH];
  private final End asideEnd = new End(false, asideMask, 0);
  private float[] panel = new float[0];
  private float[] turned = new float[0];

  private VectorProduct() {}

  /** {@code c += a·b}. */
  static void add(Left a, Matrix b, Matrix c) {
    OF_THREAD.get().product(a, b, c, End.PLAIN);
  }

  /** {@code c = bias + a·b}, and {@code max(0, ·)} of it if so asked. */
  static void affine(Left a, Matrix b, Matrix bias, boolean relu, Matrix c) {
    for (int i = 0; i < c.rows(); i++) {
      System.arraycopy(bias.data(), bias.offset(), c.data(), c.row(i), c.cols());
    }
    OF_THREAD.get().product(a, b, c, relu ? End.RELU : End.PLAIN);
  }

  /**
   * {@code c = a·b} where {@code mask}, which has the strides of {@code c}, is not zero, else 0.
   */
  static void masked(Left a, Matrix b, Matrix mask, Matrix c) {
    c.fill(0f);
    OF_THREAD.get().product(a, b, c, new End(false, mask.data(), mask.offset() - c.offset()));
  }

  /** {@code cᵀ += a·b}. */
  static void addTransposed(Left a, Matrix b, Matrix c) {
    OF_THREAD.get().turned(a, b, c);
  }

  private void turned(Left a, Matrix b, Matrix c) {
    if (turned.length < c.rows() * c.cols()) {
      turned = new float[c.rows() * c.cols()];
    }
    Matrix cT = Matrix.of(turned, 0, c.cols(), c.rows());
    VectorKernels.INSTANCE.transpose(c, cT);
    product(a, b, cT, End.PLAIN);
    VectorKernels.INSTANCE.transpose(cT, c);
  }

  private void product(Left a, Matrix b, Matrix c, End end) {
    for (int j = 0; j < c.cols(); j += WIDTH) {
      int count = Math.min(WIDTH, c.cols() - j);
      int width = count <= LANES ? LANES : WIDTH;
      fillPanel(b, j, count, width);
      for (int i = 0; i < c.rows(); i += TILE) {
        int rows = Math.min(TILE, c.rows() - i);
        int at = c.row(i) + j;
        if (count == width) {
          tile(a, i, rows, width, end, c.data(), at, c.stride());
        } else {
          tileAside(a, i, rows, width, end, c, at, count);
        }
      }
    }
  }

  private void tile(Left a, int i, int rows, int width, End end, float[] c, int at, int stride) {
    if (width == LANES) {
      VectorTiles.tile8x1(a, i, rows - 1, panel, end, c, at, stride);
    } else if (rows <= 4) {
      VectorTiles.tile4x2(a, i, rows - 1, panel, end, c, at, stride);
    } else {
      VectorTiles.tile8x2(a, i, rows - 1, panel, end, c, at, stride);
    }
  }

  private void tileAside(Left a, int i, int rows, int width, End end, Matrix c, int at, int count) {
    End there = end;
    if (end.mask().length > 0) {
      copy(end.mask(), at + end.shift(), c.stride(), asideMask, 0, WIDTH, rows, count);
      there = asideEnd;
    }
    copy(c.data(), at, c.stride(), aside, 0, WIDTH, rows, count);
    tile(a, i, rows, width, there, aside, 0, WIDTH);
    copy(aside, 0, WIDTH, c.data(), at, c.stride(), rows, count);
  }

  private static void copy(
      float[] from, int at, int stride, float[] to, int target, int step, int rows, int count) {
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < count; j++) {
        to[target + r * step + j] = from[at + r * stride + j];
      }
    }
  }

  /** Columns {@code j … j + count − 1} of {@code b}, padded with zeros to {@code width}. */
  private void fillPanel(Matrix b, int j, int count, int width) {
    if (panel.length < b.rows() * width) {
      panel = new float[b.rows() * width];
    }
    for (int p = 0; p < b.rows(); p++) {
      if (count == WIDTH) {
        VectorRows.copyTwo(b.data(), b.row(p) + j, panel, p * WIDTH);
      } else {
        System.arraycopy(zeros, 0, panel, p * width, width);
        for (int q = 0; q < count; q++) {
          panel[p * width + q] = b.data()[b.row(p) + j + q];
        }
      }
    }
  }
}
