package io.chartflow.model.nn;

import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.nn.ParameterLayout.Slice;

/**
 * A matrix of weights of which row r counts from column {@code from[r]} on, {@code from} rising:
 * {@code W∘M} with a mask M that is a staircase. What is masked is never read and never gets a
 * gradient.
 */
final class Staircase {

  private final Slice slice;
  private final int[] from;
  private final int[] heights; // rows that count in a column

  Staircase(Slice slice, int[] from) {
    this.slice = slice;
    this.from = from;
    this.heights = new int[slice.cols()];
    for (int c = 0; c < slice.cols(); c++) {
      while (heights[c] < from.length && from[heights[c]] <= c) {
        heights[c]++;
      }
    }
  }

  Memory memory() {
    return new Memory();
  }

  /** {@code W∘M} written out, for one thread. */
  final class Memory {

    private final Matrix values = Matrix.zeros(slice.rows(), slice.cols());
    private final Matrix transposed = Matrix.zeros(slice.cols(), slice.rows());
    private final Matrix gradient = Matrix.zeros(slice.rows(), slice.cols());

    /** {@code y += x·(W∘M)}. */
    void multiplyAdd(Kernels kernels, float[] theta, Matrix x, Matrix y) {
      for (int r = 0; r < from.length; r++) {
        int at = r * slice.cols() + from[r];
        int count = slice.cols() - from[r];
        System.arraycopy(theta, slice.offset() + at, values.data(), at, count);
      }
      kernels.multiplyAdd(x, values, y);
    }

    /** {@code g += M∘(xᵀ·dy)}. */
    void gather(Kernels kernels, Matrix x, Matrix dy, float[] g) {
      gradient.fill(0);
      kernels.multiplyTransposedAdd(x, dy, gradient);
      for (int r = 0; r < from.length; r++) {
        int at = r * slice.cols();
        for (int c = from[r]; c < slice.cols(); c++) {
          g[slice.offset() + at + c] += gradient.data()[at + c];
        }
      }
    }

    /** {@code dx += dy·(W∘M)ᵀ}. */
    void backward(Kernels kernels, Weights weights, Matrix dy, Matrix dx) {
      for (int c = 0; c < heights.length; c++) {
        int at = c * slice.rows();
        int source = slice.offset() + at;
        System.arraycopy(weights.transposed(), source, transposed.data(), at, heights[c]);
      }
      kernels.multiplyAdd(dy, transposed, dx);
    }
  }
}
