package io.chartflow.model.marginal;

import io.chartflow.model.config.MarginalKind;
import io.chartflow.model.linalg.Doubles;

/**
 * A monotone rational-quadratic spline through knots {@code (x_b, y_b)} with slopes {@code d_b},
 * once continuously differentiable; beyond the outer knots a line of their slope. Between the knots
 * b and b+1, {@code w = x_{b+1} − x_b}, {@code h = y_{b+1} − y_b}, {@code ξ = (x − x_b)/w} and
 * {@code s = h/w},
 *
 * <pre>{@code
 * y = y_b + h·(s·ξ² + d_b·ξ(1−ξ)) / (s + (d_{b+1} + d_b − 2s)·ξ(1−ξ))
 * y' = s²·(d_{b+1}·ξ² + 2s·ξ(1−ξ) + d_b·(1−ξ)²) / (s + (d_{b+1} + d_b − 2s)·ξ(1−ξ))²
 * }</pre>
 *
 * <p>With one knot it is a line. Source: Gregory and Delbourgo, Piecewise rational quadratic
 * interpolation to monotonic data, 1982.
 *
 * @param x of the knots, strictly increasing, units of the input
 * @param y of the knots, strictly increasing
 * @param slopes {@code d_b > 0}, inverse units of the input
 */
record SplineMarginal(Doubles x, Doubles y, Doubles slopes) implements Marginal {

  SplineMarginal {
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
    int knots = parameters.size() / 3;
    if (parameters.size() % 3 != 0) {
      throw new IllegalArgumentException(
          "a spline has 3 parameters a knot, got " + parameters.size());
    }
    double[] all = parameters.toArray();
    return new SplineMarginal(
        part(all, 0, knots), part(all, knots, knots), part(all, 2 * knots, knots));
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
    double[] all = new double[3 * knots];
    x.copyTo(all, 0);
    y.copyTo(all, knots);
    slopes.copyTo(all, 2 * knots);
    return Doubles.copyOf(all);
  }

  @Override
  public double apply(double value) {
    int b = bin(x, value);
    if (b < 0) {
      return finite(y.get(0) + slopes.get(0) * (value - x.get(0)));
    }
    int last = x.size() - 1;
    if (b >= last) {
      return finite(y.get(last) + slopes.get(last) * (value - x.get(last)));
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
    int last = x.size() - 1;
    if (b < 0 || b >= last) {
      return Math.log(slopes.get(b < 0 ? 0 : last));
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
    if (b < 0) {
      return finite(x.get(0) + (value - y.get(0)) / slopes.get(0));
    }
    int last = x.size() - 1;
    if (b >= last) {
      return finite(x.get(last) + (value - y.get(last)) / slopes.get(last));
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
