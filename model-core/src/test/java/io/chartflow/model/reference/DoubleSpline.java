package io.chartflow.model.reference;

/** A coupling by {@code x·e^s + t}, then {@linkplain DoubleQuadratic splines}. */
public final class DoubleSpline implements DoubleLayer {

  private final int kept;
  private final int moved;
  private final int bins;
  private final DoubleQuadratic spline;
  private final double maxLogScale;
  private final DoubleChartNet net;

  public DoubleSpline(
      int offset,
      int dimension,
      int kept,
      int codeDimension,
      int width,
      double maxLogScale,
      int bins,
      double bound) {
    this.maxLogScale = maxLogScale;
    this.kept = kept;
    this.moved = dimension - kept;
    this.bins = bins;
    this.spline = new DoubleQuadratic(bins, bound);
    this.net = new DoubleChartNet(offset, kept, codeDimension, width, moved * (3 * bins + 1));
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
      int at = j * (3 * bins + 1);
      double s = maxLogScale * Math.tanh(out[at + 3 * bins - 1] / maxLogScale);
      double between = x[kept + j] * Math.exp(s) + out[at + 3 * bins];
      logDet[0] += s;
      y[kept + j] = spline.forward(out, at, between, logDet);
    }
    return y;
  }
}
