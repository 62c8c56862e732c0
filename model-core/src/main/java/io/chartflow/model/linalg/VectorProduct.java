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
  private final Matrix[] turned = new Matrix[LANES];
  private final Left left = new Left();

  private VectorProduct() {
    java.util.Arrays.fill(turned, Matrix.zeros(0, 0));
  }

  /** {@code c += a·b}, or {@code c += aᵀ·b}. */
  static void add(Matrix a, boolean transposed, Matrix b, Matrix c) {
    OF_THREAD.get().product(a, transposed, b, UNPACKED, c, c.data(), c.offset(), c.stride());
  }

  /**
   * {@code c = start + a·b}, b packed and not narrow; the start of element (i, j) is {@code
   * start[at + i·step + j]}.
   */
  static void product(Matrix a, Packed b, float[] start, int at, int step, Matrix c) {
    OF_THREAD.get().product(a, false, b.matrix(), b.panels(), c, start, at, step);
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
      int rows = Math.min(INNER, m.rows() - p);
      int count = Math.min(WIDTH, m.cols() - j);
      fillPanel(m, p, rows, j, count, width(count, true), panels[i]);
    }
  }

  /** {@code c += aᵀ·b} by way of {@code cᵀ += bᵀ·a}; c has fewer columns than a vector. */
  static void addTransposed(Matrix a, Matrix b, Matrix c) {
    OF_THREAD.get().turned(a, b, c);
  }

  private void turned(Matrix a, Matrix b, Matrix c) {
    Matrix cT = turned[c.cols()];
    if (cT.cols() != c.rows()) {
      cT = Matrix.zeros(c.cols(), c.rows());
      turned[c.cols()] = cT;
    }
    VectorKernels.INSTANCE.transpose(c, cT);
    product(b, true, a, UNPACKED, cT, cT.data(), 0, cT.stride());
    VectorKernels.INSTANCE.transpose(cT, c);
  }

  /**
   * In blocks of the inner index, whose panel stays in the L1 cache, and of the rows, whose part of
   * the left factor stays in the L2 cache. Sums go on where the block before left them, in floats
   * as ever: the same bits. The sum of element (i, j) begins with {@code start[at + i·step + j]}.
   */
  private void product(
      Matrix a,
      boolean transposed,
      Matrix b,
      float[][] packed,
      Matrix c,
      float[] start,
      int at,
      int step) {
    int across = (c.cols() + WIDTH - 1) / WIDTH;
    left.set(a, transposed);
    for (int p = 0; p < b.rows() || p == 0; p += INNER) {
      int inner = Math.min(INNER, b.rows() - p);
      left.part(a, p, inner);
      int block = Math.max(64, CACHED / Math.max(1, inner) / TILE * TILE);
      for (int i = 0; i < c.rows(); i += block) {
        int end = Math.min(c.rows(), i + block);
        for (int j = 0; j < c.cols(); j += WIDTH) {
          int width = width(c.cols() - j, left.stepsByOne());
          float[] panel =
              packed.length > 0
                  ? packed[p / INNER * across + j / WIDTH]
                  : filled(b, p, inner, j, Math.min(WIDTH, c.cols() - j), width);
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

  private float[] filled(Matrix b, int row, int rows, int j, int count, int width) {
    if (panel.length < rows * width) {
      panel = new float[rows * width];
    }
    fillPanel(b, row, rows, j, count, width, panel);
    return panel;
  }

  /**
   * Columns {@code j … j + count − 1} of some rows of {@code b}, padded with zeros to {@code
   * width}.
   */
  private static void fillPanel(
      Matrix b, int row, int rows, int j, int count, int width, float[] panel) {
    for (int q = 0; q < rows; q++) {
      int p = row + q;
      int to = q * width;
      if (count == WIDTH) {
        VectorRows.copyTwo(b.data(), b.row(p) + j, panel, to);
      } else {
        for (int r = 0; r < count; r++) {
          panel[to + r] = b.data()[b.row(p) + j + r];
        }
        java.util.Arrays.fill(panel, to + count, to + width, 0f);
      }
    }
  }
}
