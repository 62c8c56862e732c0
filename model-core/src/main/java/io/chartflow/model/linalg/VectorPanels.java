package io.chartflow.model.linalg;

import static io.chartflow.model.linalg.RightPanels.INNER;
import static io.chartflow.model.linalg.RightPanels.width;
import static io.chartflow.model.linalg.VectorTiles.WIDTH;

import java.util.Arrays;

/** Lays out right factors of products as {@link RightPanels} has them. */
final class VectorPanels {

  /** Rows that are laid out in every way before the next: they lie in cache. */
  private static final int BAND = 64;

  private VectorPanels() {}

  /**
   * Lays out a factor that is not narrow, for blocks too where it is for them. Of large ones the
   * rows, which lie side by side, are read once from end to end: to read them panel by panel, a few
   * numbers of a row and then of the next, waits for each.
   */
  static void pack(Packed b) {
    Matrix m = b.matrix();
    RightPanels panels = b.layOut();
    if (b.isForBlocks()) {
      VectorBlocks.reserve(b);
    }
    for (int p = 0; p < m.rows(); p += BAND) {
      int end = Math.min(m.rows(), p + BAND);
      rows(m, p, end, panels);
      if (b.isForBlocks()) {
        VectorBlocks.pack(b, p, end);
      }
    }
  }

  /** Lays out a factor and its transpose, both not narrow. */
  static void pack(Packed b, Packed transposed) {
    Matrix m = b.matrix();
    RightPanels panels = b.layOut();
    RightPanels turned = transposed.layOut();
    for (int p = 0; p < m.rows(); p += BAND) {
      int end = Math.min(m.rows(), p + BAND);
      rows(m, p, end, panels);
      for (int j = p; j < end; j += WIDTH) {
        columns(m, j, turned);
      }
    }
  }

  /** Lays out a factor that is the transpose of {@code m}, straight from it. */
  static void packTransposed(Matrix m, Packed b) {
    RightPanels panels = b.layOut();
    for (int j = 0; j < m.rows(); j += WIDTH) {
      columns(m, j, panels);
    }
  }

  /** The rows {@code [from, to)}, all of one block. */
  private static void rows(Matrix m, int from, int to, RightPanels panels) {
    int whole = m.cols() / WIDTH * WIDTH;
    int block = from / INNER * INNER;
    for (int p = from; p < to; p++) {
      int at = m.row(p);
      for (int j = 0; j < whole; j += WIDTH) {
        int panel = panels.at(block, j) + (p - block) * WIDTH;
        VectorRows.copyTwo(m.data(), at + j, panels.data(), panel);
      }
    }
    if (whole < m.cols()) {
      int width = width(m.cols() - whole, true);
      int panel = panels.at(block, whole) + (from - block) * width;
      fill(m, from, to - from, whole, width, panels.data(), panel);
    }
  }

  /** The columns of the transpose that are the rows of {@code m} from j on, a panel of them. */
  private static void columns(Matrix m, int j, RightPanels panels) {
    for (int p = 0; p < m.cols(); p += INNER) {
      int panel = panels.at(p, j);
      int steps = Math.min(INNER, m.cols() - p);
      if (j + WIDTH <= m.rows()) {
        for (int r = 0; r < WIDTH; r += 8) {
          eightRows(m, j + r, p, steps, panels.data(), panel + r);
        }
      } else {
        int width = width(m.rows() - j, true);
        for (int r = 0; r < width; r++) {
          oneRow(m, j + r, p, steps, panels.data(), panel + r, width);
        }
      }
    }
  }

  /** Some numbers of eight rows, to columns of a panel: one address serves eight of them. */
  private static void eightRows(Matrix m, int row, int p, int steps, float[] panels, int to) {
    float[] from = m.data();
    int r0 = m.row(row) + p;
    int r1 = m.row(row + 1) + p;
    int r2 = m.row(row + 2) + p;
    int r3 = m.row(row + 3) + p;
    int r4 = m.row(row + 4) + p;
    int r5 = m.row(row + 5) + p;
    int r6 = m.row(row + 6) + p;
    int r7 = m.row(row + 7) + p;
    for (int q = 0; q < steps; q++) {
      panels[q * WIDTH + to] = from[r0 + q];
      panels[q * WIDTH + to + 1] = from[r1 + q];
      panels[q * WIDTH + to + 2] = from[r2 + q];
      panels[q * WIDTH + to + 3] = from[r3 + q];
      panels[q * WIDTH + to + 4] = from[r4 + q];
      panels[q * WIDTH + to + 5] = from[r5 + q];
      panels[q * WIDTH + to + 6] = from[r6 + q];
      panels[q * WIDTH + to + 7] = from[r7 + q];
    }
  }

  /** Some numbers of a row, zeros behind the last row, to a column of a panel. */
  private static void oneRow(
      Matrix m, int row, int p, int steps, float[] panels, int to, int width) {
    for (int q = 0; q < steps; q++) {
      panels[q * width + to] = row < m.rows() ? m.data()[m.row(row) + p + q] : 0f;
    }
  }

  /**
   * Columns {@code j … j + width − 1} of some rows of {@code b} to a panel that begins at {@code
   * at}; columns that are not there are zeros.
   */
  static void fill(Matrix b, int row, int rows, int j, int width, float[] panels, int at) {
    int count = Math.min(width, b.cols() - j);
    for (int q = 0; q < rows; q++) {
      int p = row + q;
      int to = at + q * width;
      if (count == WIDTH) {
        VectorRows.copyTwo(b.data(), b.row(p) + j, panels, to);
      } else {
        for (int r = 0; r < count; r++) {
          panels[to + r] = b.data()[b.row(p) + j + r];
        }
        Arrays.fill(panels, to + count, to + width, 0f);
      }
    }
  }
}
