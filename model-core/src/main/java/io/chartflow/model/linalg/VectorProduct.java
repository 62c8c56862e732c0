package io.chartflow.model.linalg;

import static io.chartflow.model.linalg.VectorTiles.LANES;

import io.chartflow.model.linalg.VectorTiles.Left;

/**
 * Matrix products by register tiles. The right factor is read as panels of two vectors' width, one
 * after the other, to which it is copied unless it is {@link Packed}; each meets all rows of the
 * left. What is left of the columns is padded to a panel, and its results are summed aside. Working
 * memory of one thread; grows, never shrinks, and holds nothing between two products.
 */
final class VectorProduct {

  /** Rows of a tile. Machines with vectors of 8 floats (AVX2) have but 16 registers for them. */
  private static final int TILE = LANES == 8 ? 4 : 8;

  private static final int WIDTH = 2 * LANES;

  /** Steps of the inner index that a panel holds. */
  private static final int INNER = 256;

  /** Floats of the left factor that meet all panels before the next. */
  private static final int CACHED = 1 << 16;

  private static final float[][] UNPACKED = {};

  private static final ThreadLocal<VectorProduct> OF_THREAD =
      ThreadLocal.withInitial(VectorProduct::new);

  private float[] zeros = new float[0];
  private final float[] aside = new float[8 * WIDTH];
  private float[] panel = new float[0];
  private float[] turned = new float[0];

  private VectorProduct() {}

  /** {@code c += a·b}. */
  static void add(Left a, Matrix b, Matrix c) {
    OF_THREAD.get().product(a, b, UNPACKED, c, c.data(), c.offset(), c.stride());
  }

  /**
   * {@code c = start + a·b}, b packed and not narrow; the start of element (i, j) is {@code
   * start[at + i·step + j]}.
   */
  static void product(Left a, Packed b, float[] start, int at, int step, Matrix c) {
    OF_THREAD.get().product(a, b.matrix(), b.panels(), c, start, at, step);
  }

  /** At least {@code count} zeros, which nobody writes to. */
  static float[] zeros(int count) {
    VectorProduct product = OF_THREAD.get();
    if (product.zeros.length < count + WIDTH) {
      product.zeros = new float[count + WIDTH];
    }
    return product.zeros;
  }

  /** Lays out {@code b}: block after block of its rows, each panel by panel. */
  static void pack(Packed b) {
    Matrix m = b.matrix();
    int across = (m.cols() + WIDTH - 1) / WIDTH;
    int blocks = (m.rows() + INNER - 1) / INNER;
    float[][] panels =
        b.reserve(
            blocks * across,
            i -> {
              int count = m.cols() - i % across * WIDTH;
              return Math.min(INNER, m.rows() - i / across * INNER) * width(count, true);
            });
    for (int i = 0; i < panels.length; i++) {
      int p = i / across * INNER;
      int j = i % across * WIDTH;
      Matrix block = m.rows(p, Math.min(INNER, m.rows() - p));
      int count = Math.min(WIDTH, m.cols() - j);
      fillPanel(block, j, count, width(count, true), panels[i]);
    }
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
    product(a, b, UNPACKED, cT, turned, 0, cT.stride());
    VectorKernels.INSTANCE.transpose(cT, c);
  }

  /**
   * In blocks of the inner index, whose panel stays in the L1 cache, and of the rows, whose part of
   * the left factor stays in the L2 cache. Sums go on where the block before left them, in floats
   * as ever: the same bits. The sum of element (i, j) begins with {@code start[at + i·step + j]}.
   */
  private void product(
      Left a, Matrix b, float[][] packed, Matrix c, float[] start, int at, int step) {
    int across = (c.cols() + WIDTH - 1) / WIDTH;
    for (int p = 0; p < a.inner() || p == 0; p += INNER) {
      int inner = Math.min(INNER, a.inner() - p);
      Left left = new Left(a.data(), a.offset() + p * a.step(), a.rowStep(), a.step(), inner);
      Matrix right = b.rows(p, inner);
      int block = Math.max(64, CACHED / Math.max(1, inner) / TILE * TILE);
      for (int i = 0; i < c.rows(); i += block) {
        int end = Math.min(c.rows(), i + block);
        for (int j = 0; j < c.cols(); j += WIDTH) {
          int width = width(c.cols() - j, left.step() == 1);
          float[] panel =
              packed.length > 0
                  ? packed[p / INNER * across + j / WIDTH]
                  : filled(right, j, Math.min(WIDTH, c.cols() - j), width);
          if (p == 0) {
            rows(left, i, end, panel, width, c, j, start, at, step);
          } else {
            rows(left, i, end, panel, width, c, j, c.data(), c.offset(), c.stride());
          }
        }
      }
    }
  }

  /** The rows {@code [first, end)} by the panel, which is {@code width} wide, from column j on. */
  private void rows(
      Left a,
      int first,
      int end,
      float[] panel,
      int width,
      Matrix c,
      int j,
      float[] start,
      int at,
      int step) {
    int count = Math.min(WIDTH, c.cols() - j);
    for (int i = first; i < end; i += TILE) {
      int rows = Math.min(TILE, end - i);
      int from = at + i * step + j;
      if (count == width) {
        tile(a, i, rows, panel, width, start, from, step, c.data(), c.row(i) + j, c.stride());
      } else {
        copy(start, from, step, aside, 0, WIDTH, rows, count);
        tile(a, i, rows, panel, width, aside, 0, WIDTH, aside, 0, WIDTH);
        copy(aside, 0, WIDTH, c.data(), c.row(i) + j, c.stride(), rows, count);
      }
    }
  }

  private static void tile(
      Left a,
      int i,
      int rows,
      float[] panel,
      int width,
      float[] start,
      int from,
      int step,
      float[] c,
      int at,
      int stride) {
    if (width == LANES) {
      VectorTiles.tile8x1(a, i, rows - 1, panel, start, from, step, c, at, stride);
    } else if (rows <= 4) {
      VectorTiles.tile4x2(a, i, rows - 1, panel, start, from, step, c, at, stride);
    } else {
      VectorTiles.tile8x2(a, i, rows - 1, panel, start, from, step, c, at, stride);
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

  /** A panel is one vector wide if no more columns are left and the left factor allows for it. */
  private static int width(int columns, boolean narrow) {
    return narrow && columns <= LANES ? LANES : WIDTH;
  }

  private float[] filled(Matrix b, int j, int count, int width) {
    if (panel.length < b.rows() * width) {
      panel = new float[b.rows() * width];
    }
    fillPanel(b, j, count, width, panel);
    return panel;
  }

  /** Columns {@code j … j + count − 1} of {@code b}, padded with zeros to {@code width}. */
  private static void fillPanel(Matrix b, int j, int count, int width, float[] panel) {
    for (int p = 0; p < b.rows(); p++) {
      int to = p * width;
      if (count == WIDTH) {
        VectorRows.copyTwo(b.data(), b.row(p) + j, panel, to);
      } else {
        for (int q = 0; q < count; q++) {
          panel[to + q] = b.data()[b.row(p) + j + q];
        }
        java.util.Arrays.fill(panel, to + count, to + width, 0f);
      }
    }
  }
}
