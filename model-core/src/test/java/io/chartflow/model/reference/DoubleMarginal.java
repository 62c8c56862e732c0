package io.chartflow.model.reference;

import io.chartflow.model.marginal.Marginal;

/** A feature's transform and its slope, formula by formula, from nothing but its parameters. */
final class DoubleMarginal {

  private DoubleMarginal() {}

  /** {@code {T(x), T'(x)}}. */
  static double[] apply(Marginal marginal, double x) {
    double[] p = marginal.parameters().toArray();
    return switch (marginal.kind()) {
      case NONE -> new double[] {x, 1};
      case ASINH -> asinh((x - p[0]) / p[1], p[1]);
      case SPLINE -> spline(p, (p.length - 2) / 3, x);
    };
  }

  private static double[] asinh(double u, double scale) {
    double y = Math.signum(u) * Math.log(Math.abs(u) + Math.hypot(1, u));
    return new double[] {y, 1 / (scale * Math.hypot(1, u))};
  }

  /** Gregory and Delbourgo's quotient of two parabolas; logarithms beyond the outer knots. */
  private static double[] spline(double[] p, int knots, double x) {
    int last = knots - 1;
    if (x < p[0] || x >= p[last]) {
      int end = x < p[0] ? 0 : last;
      double c = p[3 * knots + (x < p[0] ? 0 : 1)];
      double rise = p[2 * knots + end] * (x - p[end]);
      double far = c == 0 ? rise : Math.signum(rise) * Math.log(1 + c * Math.abs(rise)) / c;
      return new double[] {p[knots + end] + far, p[2 * knots + end] / (1 + c * Math.abs(rise))};
    }
    int b = 0;
    while (p[b + 1] <= x) {
      b++;
    }
    double w = p[b + 1] - p[b];
    double t = (x - p[b]) / w;
    double y0 = p[knots + b];
    double y1 = p[knots + b + 1];
    double s = (y1 - y0) / w;
    double d0 = p[2 * knots + b];
    double d1 = p[2 * knots + b + 1];
    // the numerator of y and the denominator, each a parabola in t
    double bottom = s + (d0 + d1 - 2 * s) * t * (1 - t);
    double y = y0 + (y1 - y0) * (s * t * t + d0 * t * (1 - t)) / bottom;
    double top = d1 * t * t + 2 * s * t * (1 - t) + d0 * (1 - t) * (1 - t);
    return new double[] {y, s * s * top / (bottom * bottom)};
  }
}
