package io.chartflow.model.linalg;

import static io.chartflow.model.linalg.VectorTiles.LANES;
import static io.chartflow.model.linalg.VectorTiles.WIDTH;

import java.util.Arrays;

/**
 * The right factor of a product as panels: block after block of its rows, of each block the columns
 * by two vectors' width, row after row. What is left of the columns is padded with zeros.
 */
final class VectorPanels {

  /** Steps of the inner index that a panel holds. */
  static final int INNER = 256;

  private VectorPanels() {}

  /** A panel is one vector wide if no more columns are left and the left factor allows for it. */
  static int width(int columns, boolean narrow) {
    return narrow && columns <= LANES ? LANES : WIDTH;
  }

  /**
   * Lays out a factor that is not narrow. Of large ones the rows, which lie side by side, are read
   * once from end to end: to read them panel by panel, a few numbers of a row and then of the next,
   * waits for each.
   */
  static void pack(Packed b) {
    Matrix m = b.matrix();
    float[][] panels = reserve(b);
    int across = (m.cols() + WIDTH - 1) / WIDTH;
    int whole = m.cols() / WIDTH;
    for (int p = 0; p < m.rows(); p += INNER) {
      int first = p / INNER * across;
      int rows = Math.min(INNER, m.rows() - p);
      for (int q = 0; q < rows; q++) {
        int at = m.row(p + q);
        for (int i = 0; i < whole; i++) {
          VectorRows.copyTwo(m.data(), at + i * WIDTH, panels[first + i], q * WIDTH);
        }
      }
      if (whole < across) {
        int j = whole * WIDTH;
        fill(m, p, rows, j, m.cols() - j, width(m.cols() - j, true), panels[first + whole]);
      }
    }
  }

  /** Lays out a factor that is the transpose of {@code m}, straight from it. */
  static void packTransposed(Matrix m, Packed b) {
    float[][] panels = reserve(b);
    int across = (m.rows() + WIDTH - 1) / WIDTH;
    int whole = m.rows() / WIDTH;
    for (int i = 0; i < across; i++) {
      int j = i * WIDTH;
      for (int p = 0; p < m.cols(); p += INNER) {
        float[] panel = panels[p / INNER * across + i];
        int steps = Math.min(INNER, m.cols() - p);
        if (i < whole) {
          for (int r = 0; r < WIDTH; r += 8) {
            eightRows(m, j + r, p, steps, panel, r);
          }
        } else {
          int width = width(m.rows() - j, true);
          for (int r = 0; r < width; r++) {
            oneRow(m, j + r, p, steps, panel, r, width);
          }
        }
      }
    }
  }

  private static float[][] reserve(Packed b) {
    Matrix m = b.matrix();
    int across = (m.cols() + WIDTH - 1) / WIDTH;
    int blocks = (m.rows() + INNER - 1) / INNER;
    for (int i = 0; i < blocks * across; i++) {
      int rows = Math.min(INNER, m.rows() - i / across * INNER);
      int width = width(m.cols() - i % across * WIDTH, true);
      b.panel(i, blocks * across, rows * width);
    }
    return b.panels();
  }

  /** Some numbers of eight rows, to columns of a panel: one address serves eight of them. */
  private static void eightRows(Matrix m, int row, int p, int steps, float[] panel, int to) {
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
      panel[q * WIDTH + to] = from[r0 + q];
      panel[q * WIDTH + to + 1] = from[r1 + q];
      panel[q * WIDTH + to + 2] = from[r2 + q];
      panel[q * WIDTH + to + 3] = from[r3 + q];
      panel[q * WIDTH + to + 4] = from[r4 + q];
      panel[q * WIDTH + to + 5] = from[r5 + q];
      panel[q * WIDTH + to + 6] = from[r6 + q];
      panel[q * WIDTH + to + 7] = from[r7 + q];
    }
  }

  /** Some numbers of a row, zeros behind the last row, to a column of a panel. */
  private static void oneRow(
      Matrix m, int row, int p, int steps, float[] panel, int to, int width) {
    for (int q = 0; q < steps; q++) {
      panel[q * width + to] = row < m.rows() ? m.data()[m.row(row) + p + q] : 0f;
    }
  }

  /**
   * Columns {@code j … j + count − 1} of some rows of {@code b}, padded with zeros to {@code
   * width}.
   */
  static void fill(Matrix b, int row, int rows, int j, int count, int width, float[] panel) {
    for (int q = 0; q < rows; q++) {
      int p = row + q;
      int to = q * width;
      if (count == WIDTH) {
        VectorRows.copyTwo(b.data(), b.row(p) + j, panel, to);
      } else {
        for (int r = 0; r < count; r++) {
          panel[to + r] = b.data()[b.row(p) + j + r];
        }
        Arrays.fill(panel, to + count, to + width, 0f);
      }
    }
  }
}
