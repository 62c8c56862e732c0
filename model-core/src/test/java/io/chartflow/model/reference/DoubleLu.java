package io.chartflow.model.reference;

/** {@code y = A·x}, {@code A = L·U} multiplied out. */
public final class DoubleLu implements DoubleLayer {

  private final int offset;
  private final int dimension;
  private final double bound;

  public DoubleLu(int offset, int dimension, double bound) {
    this.offset = offset;
    this.dimension = dimension;
    this.bound = bound;
  }

  /** Index one past the last weight. */
  public int end() {
    return offset + dimension * dimension;
  }

  @Override
  public double[] forward(double[] theta, DoubleCharts charts, int k, double[] x, double[] logDet) {
    double[] y = new double[dimension];
    for (int i = 0; i < dimension; i++) {
      for (int j = 0; j < dimension; j++) {
        double a = 0;
        for (int m = 0; m <= Math.min(i, j); m++) {
          double lower = m == i ? 1 : theta[offset + i * dimension + m];
          a += lower * (m == j ? Math.exp(logScale(theta, j)) : theta[offset + m * dimension + j]);
        }
        y[i] += a * x[j];
      }
      logDet[0] += logScale(theta, i);
    }
    return y;
  }

  private double logScale(double[] theta, int j) {
    return bound * Math.tanh(theta[offset + j * dimension + j] / bound);
  }
}
