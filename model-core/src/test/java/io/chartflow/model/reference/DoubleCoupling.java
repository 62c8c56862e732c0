package io.chartflow.model.reference;

/**
 * {@code y = (x_kept, x_moved·e^s + t)}, {@code (h, t) = net(x_kept, v_k)}, {@code s =
 * S·tanh(h/S)}.
 */
public final class DoubleCoupling implements DoubleLayer {

  private final int kept;
  private final int moved;
  private final double bound;
  private final DoubleChartNet net;

  public DoubleCoupling(
      int offset, int dimension, int kept, int codeDimension, int width, double bound) {
    this.kept = kept;
    this.moved = dimension - kept;
    this.bound = bound;
    this.net = new DoubleChartNet(offset, kept, codeDimension, width, 2 * moved);
  }

  /** Index one past the last weight. */
  public int end() {
    return net.end();
  }

  @Override
  public double[] forward(double[] theta, DoubleCharts charts, int k, double[] x, double[] logDet) {
    double[] out = net.apply(theta, charts, k, java.util.Arrays.copyOf(x, kept));
    double[] y = x.clone();
    for (int j = 0; j < moved; j++) {
      double s = bound * Math.tanh(out[j] / bound);
      y[kept + j] = x[kept + j] * Math.exp(s) + out[moved + j];
      logDet[0] += s;
    }
    return y;
  }
}
