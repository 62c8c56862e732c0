package io.chartflow.peers;

/** The affine maps of all charts under one version of the weights. */
final class ChartAffine {

  static final double LOG_TWO_PI = Math.log(2 * Math.PI);

  private final int dimension;
  private final float[] shift;
  private final float[] scale;
  private final float[] inverseScale;
  private final float[] logNormaliser;

  ChartAffine(int dimension, float[] shift, float[] logScale) {
    this.dimension = dimension;
    this.shift = shift;
    this.scale = new float[logScale.length];
    this.inverseScale = new float[logScale.length];
    this.logNormaliser = new float[logScale.length / dimension];
    for (int k = 0; k < logNormaliser.length; k++) {
      double sum = 0.5 * dimension * LOG_TWO_PI;
      for (int at = k * dimension; at < (k + 1) * dimension; at++) {
        scale[at] = (float) Math.exp(logScale[at]);
        inverseScale[at] = (float) Math.exp(-logScale[at]);
        sum += logScale[at];
      }
      logNormaliser[k] = (float) -sum;
    }
  }

  /** -Σ log-scale - ½D log 2π of a chart. */
  float logNormaliser(int chart) {
    return logNormaliser[chart];
  }

  /** Pairs' events, each in its chart's own units. */
  float[] forward(Cover cover, float[] x) {
    float[] y = new float[cover.pairs() * dimension];
    for (int p = 0; p < cover.pairs(); p++) {
      int from = cover.event(p) * dimension;
      int chart = cover.chart(p) * dimension;
      int to = p * dimension;
      for (int j = 0; j < dimension; j++) {
        y[to + j] = (x[from + j] - shift[chart + j]) * inverseScale[chart + j];
      }
    }
    return y;
  }

  /** The way back, of rows of charts. */
  void inverseInPlace(float[] y, int[] charts) {
    for (int i = 0; i < charts.length; i++) {
      int chart = charts[i] * dimension;
      int row = i * dimension;
      for (int j = 0; j < dimension; j++) {
        y[row + j] = y[row + j] * scale[chart + j] + shift[chart + j];
      }
    }
  }
}
