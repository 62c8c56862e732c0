package io.chartflow.model.linalg;

import static io.chartflow.model.linalg.VectorTiles.LANES;

import io.chartflow.model.linalg.VectorTiles.Left;
import org.jspecify.annotations.Nullable;

/**
 * Matrix products by register tiles. The right factor is copied to panels of two vectors' width,
 * one after the other; each then meets all rows of the left. What is left of the columns is padded
 * to a panel, and its results are summed aside.
 */
final class VectorProduct {

  /** Rows of a tile. Machines with vectors of 8 floats (AVX2) have but 16 registers for them. */
  private static final int TILE = LANES == 8 ? 4 : 8;

  private static final int WIDTH = 2 * LANES;

  private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

  private VectorProduct() {}

  /** {@code c += a·b}. */
  static void add(Left a, Matrix b, Matrix c) {
    product(SCRATCH.get(), a, b, null, false, c);
  }

  /** {@code c = bias + a·b}, and {@code max(0, ·)} of it if so asked. */
  static void affine(Left a, Matrix b, Matrix bias, boolean relu, Matrix c) {
    product(SCRATCH.get(), a, b, bias, relu, c);
  }

  /** {@code cᵀ += a·b}. */
  static void addTransposed(Left a, Matrix b, Matrix c) {
    Scratch scratch = SCRATCH.get();
    Matrix cT = scratch.transposed(c.cols(), c.rows());
    VectorRows.transpose(c, cT);
    product(scratch, a, b, null, false, cT);
    VectorRows.transpose(cT, c);
  }

  private static void product(
      Scratch scratch, Left a, Matrix b, @Nullable Matrix bias, boolean relu, Matrix c) {
    int n = c.cols();
    for (int j = 0; j < n; j += WIDTH) {
      int count = Math.min(WIDTH, n - j);
      int width = count <= LANES ? LANES : WIDTH;
      float[] panel = scratch.panel(b, j, count, width);
      for (int i = 0; i < c.rows(); i += TILE) {
        int rows = Math.min(TILE, c.rows() - i);
        int at = c.row(i) + j;
        if (bias != null) {
          setRows(bias, j, c.data(), at, c.stride(), rows, count);
        }
        if (count == width) {
          tile(a, i, rows, panel, width, c.data(), at, c.stride());
        } else {
          copy(c.data(), at, c.stride(), scratch.aside, WIDTH, rows, count);
          tile(a, i, rows, panel, width, scratch.aside, 0, WIDTH);
          copyBack(scratch.aside, c.data(), at, c.stride(), rows, count);
        }
        for (int r = 0; relu && r < rows; r++) {
          VectorRows.relu(c.data(), at + r * c.stride(), count);
        }
      }
    }
  }

  private static void tile(
      Left a, int i, int rows, float[] panel, int width, float[] c, int at, int stride) {
    if (width == LANES) {
      VectorTiles.tile8x1(a, i, rows - 1, panel, c, at, stride);
      return;
    }
    if (rows <= 4) {
      VectorTiles.tile4x2(a, i, rows - 1, panel, c, at, stride);
    } else {
      VectorTiles.tile8x2(a, i, rows - 1, panel, c, at, stride);
    }
  }

  private static void setRows(
      Matrix bias, int j, float[] c, int at, int stride, int rows, int count) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(bias.data(), bias.offset() + j, c, at + r * stride, count);
    }
  }

  private static void copy(
      float[] c, int at, int stride, float[] aside, int width, int rows, int count) {
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < count; j++) {
        aside[r * width + j] = c[at + r * stride + j];
      }
    }
  }

  private static void copyBack(float[] aside, float[] c, int at, int stride, int rows, int count) {
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < count; j++) {
        c[at + r * stride + j] = aside[r * WIDTH + j];
      }
    }
  }

  /** Working memory of a thread; grows, never shrinks. Holds nothing between two products. */
  private static final class Scratch {

    private final float[] aside = new float[TILE < 8 ? 8 * WIDTH : TILE * WIDTH];
    private float[] panel = new float[0];
    private float[] transposed = new float[0];

    /** Columns {@code j … j + count − 1} of {@code b}, padded with zeros to {@code width}. */
    private float[] panel(Matrix b, int j, int count, int width) {
      if (panel.length < b.rows() * width) {
        panel = new float[b.rows() * width];
      }
      float[] data = b.data();
      for (int p = 0; p < b.rows(); p++) {
        int from = b.row(p) + j;
        int to = p * width;
        if (count == WIDTH) {
          VectorRows.copyTwo(data, from, panel, to);
        } else {
          for (int q = 0; q < width; q++) {
            panel[to + q] = q < count ? data[from + q] : 0f;
          }
        }
      }
      return panel;
    }

    private Matrix transposed(int rows, int cols) {
      if (transposed.length < rows * cols) {
        transposed = new float[rows * cols];
      }
      return Matrix.of(transposed, 0, rows, cols);
    }
  }
}
