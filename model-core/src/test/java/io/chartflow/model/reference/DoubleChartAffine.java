package io.chartflow.model.reference;

/**
 * {@code y = (x − a_k)/e^{s_k}}, {@code a_k = mean_k + Δa(v_k)}, {@code s_k = ½ log var_k +
 * S·tanh(Δs(v_k)/S)}.
 */
public final class DoubleChartAffine implements DoubleLayer {

  private static final int WIDTH = 64;
  private static final double MIN_VARIANCE = 1e-4f;

  private final int dimension;
  private final double bound;
  private final DoubleMlp correction;

  public DoubleChartAffine(int offset, int dimension, int codeDimension, double bound) {
    this.dimension = dimension;
    this.bound = bound;
    this.correction = new DoubleMlp(offset, codeDimension, WIDTH, 2 * dimension);
  }

  /** Index one past the last weight. */
  public int end() {
    return correction.end();
  }

  @Override
  public double[] forward(double[] theta, DoubleCharts charts, int k, double[] x, double[] logDet) {
    double[] delta = correction.apply(theta, charts.code(k));
    double[] y = new double[dimension];
    for (int j = 0; j < dimension; j++) {
      double variance = Math.max(charts.variance(k)[j], MIN_VARIANCE);
      double s = Math.log(variance) / 2 + bound * Math.tanh(delta[dimension + j] / bound);
      y[j] = (x[j] - charts.mean(k)[j] - delta[j]) / Math.exp(s);
      logDet[0] -= s;
    }
    return y;
  }
}
