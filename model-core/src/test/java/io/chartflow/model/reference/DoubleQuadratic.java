package io.chartflow.model.reference;

/**
 * A rational-quadratic spline, knot by knot, the slope within a bin by equation 5 of Durkan et al.
 * 2019. Parameters: logits of K widths, of K heights, of K − 1 slopes.
 */
public final class DoubleQuadratic {

  private final int bins;
  private final double bound;

  public DoubleQuadratic(int bins, double bound) {
    this.bins = bins;
    this.bound = bound;
  }

  /** From x to y; adds {@code log y'} to {@code logSlope}. */
  public double forward(double[] p, int at, double x, double[] logSlope) {
    if (!(Math.abs(x) < bound)) {
      return x;
    }
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
    logSlope[0] += Math.log(slope);
    return ys[b] + (ys[b + 1] - ys[b]) * (s * xi * xi + d0 * xi * xi1) / below;
  }

  /** {@code −B} to B; widths from {@code at} on, or heights. */
  public double[] knots(double[] p, int at) {
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
