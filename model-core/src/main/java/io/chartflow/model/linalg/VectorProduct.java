package io.chartflow.model.linalg;

import static io.chartflow.model.linalg.VectorTiles.LANES;

import io.chartflow.model.linalg.VectorTiles.Left;
import io.chartflow.model.linalg.VectorTiles.Start;

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

  /** Steps of the inner index that a panel holds. */
  private static final int INNER = 256;

  /** Floats of the left factor that meet all panels before the next. */
  private static final int CACHED = 1 << 16;

  private static final ThreadLocal<VectorProduct> OF_THREAD =
      ThreadLocal.withInitial(VectorProduct::new);

  private final float[] zeros = new float[WIDTH];
  private final float[] aside = new float[8 * WIDTH];
  private float[] panel = new float[0];
  private float[] turned = new float[0];

  private VectorProduct() {}

  /** What the columns from {@code j} on of the rows from {@code i} on begin with. */
  private interface Starts {
    Start at(int i, int j);
  }

  /** {@code c += a·b}. */
  static void add(Left a, Matrix b, Matrix c) {
    OF_THREAD.get().product(a, b, (i, j) -> new Start(c.data(), c.row(i) + j, c.stride()), c);
  }

  /** {@code c = bias + a·b}. */
  static void affine(Left a, Matrix b, Matrix bias, Matrix c) {
    OF_THREAD.get().product(a, b, (i, j) -> new Start(bias.data(), bias.offset() + j, 0), c);
  }

  /** {@code c = a·b}. */
  static void set(Left a, Matrix b, Matrix c) {
    VectorProduct product = OF_THREAD.get();
    Start zero = new Start(product.zeros, 0, 0);
    product.product(a, b, (i, j) -> zero, c);
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
    product(a, b, (i, j) -> new Start(cT.data(), cT.row(i) + j, cT.stride()), cT);
    VectorKernels.INSTANCE.transpose(cT, c);
  }

  /**
   * In blocks of the inner index, whose panel stays in the L1 cache, and of the rows, whose part of
   * the left factor stays in the L2 cache. Sums go on where the block before left them, in floats
   * as ever: the same bits.
   */
  private void product(Left a, Matrix b, Starts starts, Matrix c) {
    for (int p = 0; p < a.inner() || p == 0; p += INNER) {
      int inner = Math.min(INNER, a.inner() - p);
      Left left = new Left(a.data(), a.offset() + p * a.step(), a.rowStep(), a.step(), inner);
      Matrix right = b.rows(p, inner);
      Starts from = p == 0 ? starts : (i, j) -> new Start(c.data(), c.row(i) + j, c.stride());
      int block = Math.max(64, CACHED / Math.max(1, inner) / TILE * TILE);
      for (int i = 0; i < c.rows(); i += block) {
        int end = Math.min(c.rows(), i + block);
        for (int j = 0; j < c.cols(); j += WIDTH) {
          panel(left, i, end, right, j, from, c);
        }
      }
    }
  }

  /** The rows {@code [first, end)} by the panel of the columns from {@code j} on. */
  private void panel(Left a, int first, int end, Matrix b, int j, Starts starts, Matrix c) {
    int count = Math.min(WIDTH, c.cols() - j);
    int width = count <= LANES && a.step() == 1 ? LANES : WIDTH;
    fillPanel(b, j, count, width);
    for (int i = first; i < end; i += TILE) {
      int rows = Math.min(TILE, end - i);
      Start start = starts.at(i, j);
      if (count == width) {
        tile(a, i, rows, width, start, c.data(), c.row(i) + j, c.stride());
      } else {
        copy(start.data(), start.at(), start.rowStep(), aside, 0, WIDTH, rows, count);
        tile(a, i, rows, width, new Start(aside, 0, WIDTH), aside, 0, WIDTH);
        copy(aside, 0, WIDTH, c.data(), c.row(i) + j, c.stride(), rows, count);
      }
    }
  }

  private void tile(
      Left a, int i, int rows, int width, Start start, float[] c, int at, int stride) {
    if (width == LANES) {
      VectorTiles.tile8x1(a, i, rows - 1, panel, start, c, at, stride);
    } else if (rows <= 4) {
      VectorTiles.tile4x2(a, i, rows - 1, panel, start, c, at, stride);
    } else {
      VectorTiles.tile8x2(a, i, rows - 1, panel, start, c, at, stride);
    }
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
