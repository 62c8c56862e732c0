package io.chartflow.model.reference;

/** {@code x − 2v(v·x)/‖v‖²} for each vector {@code v = w_i + v_k·W_i} in turn. */
public final class DoubleRotation implements DoubleLayer {

  private final int offset;
  private final int dimension;
  private final int reflections;
  private final int codeDimension;

  public DoubleRotation(int offset, int dimension, int codeDimension) {
    this.offset = offset;
    this.dimension = dimension;
    this.reflections = Math.min(8, 2 * (dimension / 2));
    this.codeDimension = codeDimension;
  }

  /** Index one past the last weight. */
  public int end() {
    return offset + (1 + codeDimension) * reflections * dimension;
  }

  @Override
  public double[] forward(double[] theta, DoubleCharts charts, int k, double[] x, double[] logDet) {
    int columns = reflections * dimension;
    double[] fromCode = DoubleChartNet.fromCode(theta, charts, k, offset + columns, columns);
    double[] y = x.clone();
    for (int i = 0; i < reflections; i++) {
      double[] v = new double[dimension];
      double along = 0;
      double squares = 0;
      for (int j = 0; j < dimension; j++) {
        v[j] = theta[offset + i * dimension + j] + fromCode[i * dimension + j];
        along += v[j] * y[j];
        squares += v[j] * v[j];
      }
      for (int j = 0; j < dimension; j++) {
        y[j] -= 2 * v[j] * along / squares;
      }
    }
    return y;
  }
}
