package io.chartflow.model.reference;

/**
 * A coupling by {@code x·e^s + t}, then rational-quadratic splines, knot by knot, the slope within
 * a bin by equation 5 of Durkan et al. 2019.
 */
public final class DoubleSpline implements DoubleLayer {

  private final int kept;
  private final int moved;
  private final int bins;
  private final double bound;
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
    this.bound = bound;
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
      y[kept + j] = Math.abs(between) < bound ? spline(out, at, between, logDet) : between;
    }
    return y;
  }

  private double spline(double[] p, int at, double x, double[] logDet) {
    double[] xs = knots(p, at);
    double[] ys = knots(p, at + bins);
    int b = 0;
    while (x > xs[b + 1]) {
      b++;
    }
    double w = xs[b + 1] - xs[b];
    double s = (ys[b + 1] - ys[b]) / w;
    double d0 = slope(p, at + 2 * bins, b);
    double d1 = slope(p, at + 2 * bins, b + 1);
    double xi = (x - xs[b]) / w;
    double xi1 = 1 - xi;
    double below = s + (d1 + d0 - 2 * s) * xi * xi1;
    double slope = s * s * (d1 * xi * xi + 2 * s * xi * xi1 + d0 * xi1 * xi1) / Math.pow(below, 2);
    logDet[0] += Math.log(slope);
    return ys[b] + (ys[b + 1] - ys[b]) * (s * xi * xi + d0 * xi * xi1) / below;
  }

  private double[] knots(double[] p, int at) {
    double total = 0;
    for (int b = 0; b < bins; b++) {
      total += Math.exp(p[at + b]);
    }
    double[] knots = new double[bins + 1];
    knots[0] = -bound;
    for (int b = 0; b < bins; b++) {
      double share = 1e-3 + (1 - 1e-3 * bins) * Math.exp(p[at + b]) / total;
      knots[b + 1] = knots[b] + 2 * bound * share;
    }
    knots[bins] = bound;
    return knots;
  }

  /** At knot {@code b}; 1 at both ends. */
  private double slope(double[] p, int at, int b) {
    if (b == 0 || b == bins) {
      return 1;
    }
    return 1e-3 + Math.log(1 + Math.exp(p[at + b - 1]) * (Math.exp(1 - 1e-3) - 1));
  }
}
