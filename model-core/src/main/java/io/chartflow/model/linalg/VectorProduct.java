package io.chartflow.model.linalg;

import static io.chartflow.model.linalg.RightPanels.INNER;
import static io.chartflow.model.linalg.RightPanels.width;
import static io.chartflow.model.linalg.VectorTiles.LANES;
import static io.chartflow.model.linalg.VectorTiles.WIDTH;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Matrix products by register tiles. The right factor is read as panels of two vectors' width, one
 * after the other, to which it is copied unless it is {@link Packed}; each meets all rows of the
 * left, which is laid out too where that pays. What is left of the columns is padded to a panel,
 * and its results are summed aside. Working memory of one thread; grows, never shrinks, and holds
 * nothing between two products.
 */
final class VectorProduct {

  /** Machines with vectors of 8 floats (AVX2) have but 16 registers for them. */
  static final boolean FEW_REGISTERS = LANES == 8;

  /** Rows of a tile by two vectors, along the rows of the left factor and across them. */
  private static final int ALONG = FEW_REGISTERS ? 4 : 6;

  private static final int ACROSS = FEW_REGISTERS ? 4 : 8;

  /** Rows of a tile by four vectors, along the rows of the left factor. */
  private static final int BROAD = 4;

  /** Rows of a tile by one vector. */
  private static final int NARROW = 8;

  /** From so many columns on, laying out the left factor takes less time than it saves. */
  private static final int WIDE_ALONG = 256;

  private static final int WIDE_ACROSS = 128;

  /** Steps that a round of {@link VectorRounds} takes. */
  private static final int ROUND = 2;

  /** Floats of the left factor that meet all panels before the next. */
  private static final int CACHED = 1 << 16;

  private static final ThreadLocal<VectorProduct> OF_THREAD =
      ThreadLocal.withInitial(VectorProduct::new);

  private float[] zeros = new float[0];
  private final float[] aside = new float[8 * WIDTH];
  private final RightPanels panels = new RightPanels();
  private final List<Matrix> turned = new ArrayList<>();
  private final LeftFactor left = new LeftFactor();
  private final LeftPanels laid = new LeftPanels();

  private VectorProduct() {}

  /** {@code c += a·b}, or {@code c += aᵀ·b}. */
  static void add(Matrix a, boolean transposed, Matrix b, Matrix c) {
    OF_THREAD.get().product(a, transposed, b, null, c, c.data(), c.offset(), c.stride());
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

  /** {@code c += aᵀ·b} by way of {@code cᵀ += bᵀ·a}; c has fewer columns than a vector. */
  static void addTransposed(Matrix a, Matrix b, Matrix c) {
    OF_THREAD.get().turned(a, b, c);
  }

  private void turned(Matrix a, Matrix b, Matrix c) {
    Matrix cT = turnedLike(c);
    VectorKernels.INSTANCE.transpose(c, cT);
    VectorKernels.INSTANCE.multiplyTransposedAdd(b, a, cT);
    VectorKernels.INSTANCE.transpose(cT, c);
  }

  /** A transpose's place; there are as many as layers have shapes. */
  private Matrix turnedLike(Matrix c) {
    for (int i = 0; i < turned.size(); i++) {
      Matrix matrix = turned.get(i);
      if (matrix.rows() == c.cols() && matrix.cols() == c.rows()) {
        return matrix;
      }
    }
    Matrix matrix = Matrix.zeros(c.cols(), c.rows());
    turned.add(matrix);
    return matrix;
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
      @Nullable RightPanels packed,
      Matrix c,
      float[] start,
      int at,
      int step) {
    left.set(a, transposed);
    for (int p = 0; p < b.rows() || p == 0; p += INNER) {
      int inner = Math.min(INNER, b.rows() - p);
      left.part(a, p, inner);
      RightPanels right = packed == null ? fill(b, p, inner) : packed;
      int first = packed == null ? 0 : p;
      int block = Math.max(240, CACHED / Math.max(1, inner) / 240 * 240); // whole tiles of any kind
      for (int i = 0; i < c.rows(); i += block) {
        int end = Math.min(c.rows(), i + block);
        int whole = layOut(i, end, c.cols());
        int j = 0;
        if (!FEW_REGISTERS && left.step() == 1 && whole == i) {
          for (; j + 2 * WIDTH <= c.cols(); j += 2 * WIDTH) {
            int panel = right.at(first, j);
            int next = right.at(first, j + WIDTH);
            if (p == 0) {
              broad(i, end, right.data(), panel, next, c, j, start, at, step);
            } else {
              broad(i, end, right.data(), panel, next, c, j, c.data(), c.offset(), c.stride());
            }
          }
        }
        boolean along = left.step() == 1;
        if (!along) {
          if (p == 0) {
            rowAfterRow(i, whole, right, first, c, start, at, step);
          } else {
            rowAfterRow(i, whole, right, first, c, c.data(), c.offset(), c.stride());
          }
        }
        for (; j < c.cols(); j += WIDTH) {
          int width = width(c.cols() - j, along);
          int panel = right.at(first, j);
          int from = !along && j + WIDTH <= c.cols() ? whole : i; // the rows before are done
          int laidOut = width == WIDTH ? whole : i; // its tile takes two vectors
          if (p == 0) {
            rows(from, laidOut, end, right.data(), panel, width, c, j, start, at, step);
          } else {
            float[] begun = c.data();
            rows(
                from,
                laidOut,
                end,
                right.data(),
                panel,
                width,
                c,
                j,
                begun,
                c.offset(),
                c.stride());
          }
        }
      }
    }
  }

  /**
   * The rows {@code [first, end)} by the panel that begins at {@code panel}, which is {@code width}
   * wide, from column j on; those before {@code whole} are laid out.
   */
  private void rows(
      int first,
      int whole,
      int end,
      float[] panels,
      int panel,
      int width,
      Matrix c,
      int j,
      float[] start,
      int at,
      int step) {
    int count = Math.min(WIDTH, c.cols() - j);
    int tile = width == LANES ? NARROW : left.step() == 1 ? ALONG : ACROSS;
    for (int i = first; i < whole; i += LeftPanels.ROWS) {
      int from = at + i * step + j;
      if (count == width) {
        laid.tile(i, panels, panel, start, from, step, c.data(), c.row(i) + j, c.stride());
      } else {
        copy(start, from, step, aside, 0, WIDTH, LeftPanels.ROWS, count);
        laid.tile(i, panels, panel, aside, 0, WIDTH, aside, 0, WIDTH);
        copy(aside, 0, WIDTH, c.data(), c.row(i) + j, c.stride(), LeftPanels.ROWS, count);
      }
    }
    for (int i = whole; i < end; i += tile) {
      int rows = Math.min(tile, end - i);
      int from = at + i * step + j;
      if (count == width) {
        float[] to = c.data();
        int target = c.row(i) + j;
        tile(left, i, rows, panels, panel, width, start, from, step, to, target, c.stride());
      } else {
        copy(start, from, step, aside, 0, WIDTH, rows, count);
        tile(left, i, rows, panels, panel, width, aside, 0, WIDTH, aside, 0, WIDTH);
        copy(aside, 0, WIDTH, c.data(), c.row(i) + j, c.stride(), rows, count);
      }
    }
  }

  /**
   * The rows {@code [first, end)}, laid out, by all panels. A result that is not in cache is met
   * along its rows, so that the machine sees what comes next and fetches it.
   */
  private void rowAfterRow(
      int first, int end, RightPanels right, int p, Matrix c, float[] start, int at, int step) {
    for (int i = first; i < end; i += LeftPanels.ROWS) {
      for (int j = 0; j + WIDTH <= c.cols(); j += WIDTH) {
        int from = at + i * step + j;
        int to = c.row(i) + j;
        laid.tile(i, right.data(), right.at(p, j), start, from, step, c.data(), to, c.stride());
      }
    }
  }

  /** The rows {@code [first, end)} by two panels, from column j on. */
  private void broad(
      int first,
      int end,
      float[] panels,
      int panel,
      int next,
      Matrix c,
      int j,
      float[] start,
      int at,
      int step) {
    for (int i = first; i < end; i += BROAD) {
      int last = Math.min(BROAD, end - i) - 1;
      int from = at + i * step + j;
      int to = c.row(i) + j;
      float[] sums = c.data();
      VectorTiles.along4x4(
          left, i, last, panels, panel, next, start, from, step, sums, to, c.stride());
    }
  }

  /** Lays out the rows that fill panels, if that pays; where they end. */
  private int layOut(int first, int end, int columns) {
    if (FEW_REGISTERS || columns < (left.step() == 1 ? WIDE_ALONG : WIDE_ACROSS)) {
      return first;
    }
    int whole = end - (end - first) % LeftPanels.ROWS;
    laid.set(left, first, whole);
    return whole;
  }

  /** Rounds of steps of the inner index, and the step that is left over; or tiles of four rows. */
  private static void tile(
      LeftFactor a,
      int i,
      int rows,
      float[] panels,
      int panel,
      int width,
      float[] start,
      int from,
      int step,
      float[] c,
      int at,
      int stride) {
    int inner = a.inner();
    int rounds = inner / ROUND * ROUND;
    int last = rows - 1;
    if (width == LANES) {
      VectorRounds.along8x1(a, i, last, rounds, panels, panel, start, from, step, c, at, stride);
    } else if (a.step() == 1 && !FEW_REGISTERS) {
      VectorRounds.along6x2(a, i, last, rounds, panels, panel, start, from, step, c, at, stride);
    } else if (rows == 8) {
      VectorRounds.across8x2(a, i, inner, panels, panel, start, from, step, c, at, stride);
      return;
    } else {
      for (int r = 0; r < rows; r += 4) {
        int rest = Math.min(3, last - r);
        int begin = from + r * step;
        int to = at + r * stride;
        VectorTiles.tile4x2(a, i + r, rest, panels, panel, start, begin, step, c, to, stride);
      }
      return;
    }
    if (rounds < inner) {
      int x = a.at(i, rounds);
      int y = panel + rounds * width;
      VectorTiles.step(a.data(), x, a.rowStep(), rows, panels, y, width, c, at, stride);
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

  /** Lays out some rows of {@code b}. */
  private RightPanels fill(Matrix b, int row, int rows) {
    boolean narrow = left.step() == 1;
    panels.reserve(rows, b.cols(), narrow);
    for (int j = 0; j < b.cols(); j += WIDTH) {
      int width = width(b.cols() - j, narrow);
      VectorPanels.fill(b, row, rows, j, width, panels.data(), panels.at(0, j));
    }
    return panels;
  }
}
