package io.chartflow.model.reference;

/**
 * {@code y_j = (x_j − t_j)·e^{−s_j}}, scales and shifts by the features of y before j, each taken
 * within ±1000: from any y at all, D rounds for all features at once make it right.
 */
public final class DoubleInverseAutoregressive implements DoubleLayer {

  private final int dimension;
  private final DoubleAutoregressive net;

  public DoubleInverseAutoregressive(
      int offset, int dimension, boolean natural, int codeDimension, int width, double bound) {
    this.dimension = dimension;
    this.net = new DoubleAutoregressive(offset, dimension, natural, codeDimension, width, bound);
  }

  /** Index one past the last weight. */
  public int end() {
    return net.end();
  }

  @Override
  public double[] forward(double[] theta, DoubleCharts charts, int k, double[] x, double[] logDet) {
    double[] y = new double[dimension];
    double logScale = 0;
    for (int round = 0; round < dimension; round++) {
      double[] seen = new double[dimension];
      for (int j = 0; j < dimension; j++) {
        seen[j] = Math.max(-1000, Math.min(1000, y[j]));
      }
      double[][] outs = net.scalesAndShifts(theta, charts, k, seen);
      logScale = 0;
      for (int j = 0; j < dimension; j++) {
        int at = net.column(j);
        y[at] = (x[at] - outs[j][1]) * Math.exp(-outs[j][0]);
        logScale += outs[j][0];
      }
    }
    logDet[0] -= logScale;
    return y;
  }
}
