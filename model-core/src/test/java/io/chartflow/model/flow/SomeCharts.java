package io.chartflow.model.flow;

import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.random.SplitMix;

/** Seeded charts, rows and weights. */
final class SomeCharts {

  private SomeCharts() {}

  static ChartSet of(int count, int dimension, int codeDimension, SplitMix random) {
    Matrix variances = Matrix.zeros(count, dimension);
    for (int i = 0; i < count * dimension; i++) {
      variances.data()[i] = (float) Math.exp(random.nextGaussian() - 1);
    }
    return new ChartSet(
        gaussian(count, codeDimension, random), gaussian(count, dimension, random), variances);
  }

  static Matrix gaussian(int rows, int cols, SplitMix random) {
    Matrix m = Matrix.zeros(rows, cols);
    for (int i = 0; i < rows * cols; i++) {
      m.data()[i] = (float) random.nextGaussian();
    }
    return m;
  }

  static int[] charts(int rows, int count, SplitMix random) {
    int[] charts = new int[rows];
    for (int i = 0; i < rows; i++) {
      charts[i] = random.nextInt(count);
    }
    return charts;
  }

  /** Moves every weight, so that no layer is the identity and no gradient vanishes. */
  static void disturb(float[] theta, SplitMix random) {
    for (int i = 0; i < theta.length; i++) {
      theta[i] += (float) (0.1 * random.nextGaussian());
    }
  }

  static Matrix copy(Matrix m) {
    Matrix copy = Matrix.zeros(m.rows(), m.cols());
    for (int i = 0; i < m.rows(); i++) {
      System.arraycopy(m.data(), m.row(i), copy.data(), copy.row(i), m.cols());
    }
    return copy;
  }
}
