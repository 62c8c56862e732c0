package io.chartflow.model.marginal;

import io.chartflow.model.config.MarginalKind;
import io.chartflow.model.linalg.Doubles;

/**
 * A monotone rational-quadratic spline through knots {@code (x_b, y_b)} with slopes {@code d_b},
 * once continuously differentiable. Between the knots b and b+1, {@code w = x_{b+1} − x_b}, {@code
 * h = y_{b+1} − y_b}, {@code ξ = (x − x_b)/w} and {@code s = h/w},
 *
 * <pre>{@code
 * y = y_b + h·(s·ξ² + d_b·ξ(1−ξ)) / (s + (d_{b+1} + d_b − 2s)·ξ(1−ξ))
 * y' = s²·(d_{b+1}·ξ² + 2s·ξ(1−ξ) + d_b·(1−ξ)²) / (s + (d_{b+1} + d_b − 2s)·ξ(1−ξ))²
 * }</pre>
 *
 * <p>Beyond an outer knot, {@code t} away from it, {@code y} is {@code log(1 + c·d·t)/c} away: a
 * line for {@code c = 0}, and the more of a logarithm the larger {@code c} is.
 *
 * <p>Source: Gregory and Delbourgo, Piecewise rational quadratic interpolation to monotonic data,
 * 1982.
 *
 * @param x of the knots, strictly increasing, units of the input
 * @param y of the knots, strictly increasing
 * @param slopes {@code d_b > 0}, inverse units of the input
 * @param bends {@code c} of the lower and the upper tail, each in [0, 16]
 */
record SplineMarginal(Doubles x, Doubles y, Doubles slopes, Doubles bends) implements Marginal {

  private static final double MOST_BENT = 16;

  SplineMarginal {
    requireKnots(x, y, slopes);
    boolean ok = bends.size() == 2;
    for (int side = 0; ok && side < 2; side++) {
      ok = bends.get(side) >= 0 && bends.get(side) <= MOST_BENT;
    }
    if (!ok) {
      throw new IllegalArgumentException(
          "a spline's tails need two bends from 0 to %s, got %s".formatted(MOST_BENT, bends));
    }
  }

  private static void requireKnots(Doubles x, Doubles y, Doubles slopes) {
    int knots = x.size();
    if (knots == 0 || y.size() != knots || slopes.size() != knots) {
      throw new IllegalArgumentException(
          "a spline needs x, y and slope of at least one knot, got %d, %d and %d"
              .formatted(knots, y.size(), slopes.size()));
    }
    for (int b = 0; b < knots; b++) {
      boolean finite =
          Double.isFinite(x.get(b)) && Double.isFinite(y.get(b)) && Double.isFinite(slopes.get(b));
      boolean rises = b == 0 || (x.get(b) > x.get(b - 1) && y.get(b) > y.get(b - 1));
      if (!finite || !rises || !(slopes.get(b) > 0)) {
        throw new IllegalArgumentException(
            "a spline's knots must be finite and rise, with slopes above 0, got knot %d at %s, %s with slope %s"
                .formatted(b, x.get(b), y.get(b), slopes.get(b)));
      }
    }
  }

  static SplineMarginal of(Doubles parameters) {
    int knots = (parameters.size() - 2) / 3;
    if (knots < 1 || parameters.size() != 3 * knots + 2) {
      throw new IllegalArgumentException(
          "a spline has 3 parameters a knot and 2 for its tails, got " + parameters.size());
    }
    double[] all = parameters.toArray();
    return new SplineMarginal(
        part(all, 0, knots),
        part(all, knots, knots),
        part(all, 2 * knots, knots),
        part(all, 3 * knots, 2));
  }

  private static Doubles part(double[] all, int from, int count) {
    return Doubles.copyOf(java.util.Arrays.copyOfRange(all, from, from + count));
  }

  @Override
  public MarginalKind kind() {
    return MarginalKind.SPLINE;
  }

  @Override
  public Doubles parameters() {
    int knots = x.size();
    double[] all = new double[3 * knots + 2];
    x.copyTo(all, 0);
    y.copyTo(all, knots);
    slopes.copyTo(all, 2 * knots);
    bends.copyTo(all, 3 * knots);
    return Doubles.copyOf(all);
  }

  @Override
  public double apply(double value) {
    int b = bin(x, value);
    if (isTail(b)) {
      int end = Math.max(0, b);
      double c = bends.get(b < 0 ? 0 : 1);
      double t = value - x.get(end);
      double far = c == 0 ? slopes.get(end) * t : Math.copySign(Math.log1p(bent(c, end, t)) / c, t);
      return finite(y.get(end) + far);
    }
    double w = x.get(b + 1) - x.get(b);
    double h = y.get(b + 1) - y.get(b);
    double s = h / w;
    double xi = (value - x.get(b)) / w;
    double mix = xi * (1 - xi);
    double d0 = slopes.get(b);
    return y.get(b) + h * (s * xi * xi + d0 * mix) / (s + (slopes.get(b + 1) + d0 - 2 * s) * mix);
  }

  @Override
  public double logDerivative(double value) {
    int b = bin(x, value);
    if (isTail(b)) {
      int end = Math.max(0, b);
      double far = bent(bends.get(b < 0 ? 0 : 1), end, value - x.get(end));
      return Math.log(slopes.get(end)) - Math.log1p(far);
    }
    double w = x.get(b + 1) - x.get(b);
    double s = (y.get(b + 1) - y.get(b)) / w;
    double xi = (value - x.get(b)) / w;
    double mix = xi * (1 - xi);
    double d0 = slopes.get(b);
    double d1 = slopes.get(b + 1);
    double top = d1 * xi * xi + 2 * s * mix + d0 * (1 - xi) * (1 - xi);
    return Math.log(top) + 2 * Math.log(s / (s + (d1 + d0 - 2 * s) * mix));
  }

  @Override
  public double invert(double value) {
    int b = bin(y, value);
    if (isTail(b)) {
      int end = Math.max(0, b);
      double c = bends.get(b < 0 ? 0 : 1);
      double rise = value - y.get(end);
      double bentRise = c == 0 ? rise : Math.copySign(Math.expm1(c * Math.abs(rise)) / c, rise);
      return finite(x.get(end) + bentRise / slopes.get(end));
    }
    double w = x.get(b + 1) - x.get(b);
    double h = y.get(b + 1) - y.get(b);
    double s = h / w;
    double d0 = slopes.get(b);
    double bend = slopes.get(b + 1) + d0 - 2 * s;
    double rise = value - y.get(b);
    double qa = h * (s - d0) + rise * bend;
    double qb = h * d0 - rise * bend;
    double qc = -s * rise;
    double root = Math.sqrt(Math.max(0, qb * qb - 4 * qa * qc));
    return x.get(b) + w * (2 * qc / (-qb - root));
  }

  private boolean isTail(int bin) {
    return bin < 0 || bin >= x.size() - 1;
  }

  /** {@code c·d·|t|}, at most the largest double. */
  private double bent(double c, int end, double t) {
    return Math.min(Double.MAX_VALUE, c * slopes.get(end) * Math.abs(t));
  }

  /** The largest b with {@code knots[b] ≤ value}, or −1. */
  private static int bin(Doubles knots, double value) {
    int low = -1;
    int high = knots.size();
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (knots.get(middle) <= value) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static double finite(double value) {
    return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
  }
}
