package io.chartflow.model.marginal;

import io.chartflow.model.config.MarginalKind;
import io.chartflow.model.linalg.Doubles;

/**
 * {@code y = asinh(u)}, {@code u = (x − c)/s}, {@code log y′ = −log s − ½·log(1 + u²)}: linear near
 * {@code c}, logarithmic far from it on both sides. {@code u} is taken as at most 1e300.
 *
 * @param centre {@code c}, units of the input
 * @param scale {@code s > 0}, units of the input
 */
record AsinhMarginal(double centre, double scale) implements Marginal {

  private static final double LARGEST = 1e300;

  /** From here on {@code 1 + u²} is {@code u²}. */
  private static final double FAR = 1e9;

  AsinhMarginal {
    if (!Double.isFinite(centre) || !Double.isFinite(scale) || !(scale > 0)) {
      throw new IllegalArgumentException(
          "asinh needs a finite centre and a finite scale above 0, got %s and %s"
              .formatted(centre, scale));
    }
  }

  static AsinhMarginal of(Doubles parameters) {
    if (parameters.size() != 2) {
      throw new IllegalArgumentException(
          "asinh has 2 parameters, centre and scale, got " + parameters.size());
    }
    return new AsinhMarginal(parameters.get(0), parameters.get(1));
  }

  @Override
  public MarginalKind kind() {
    return MarginalKind.ASINH;
  }

  @Override
  public Doubles parameters() {
    return Doubles.copyOf(new double[] {centre, scale});
  }

  @Override
  public double apply(double x) {
    double u = standard(x);
    double size = Math.abs(u);
    double y =
        size > FAR
            ? Math.log(size) + Math.log(2)
            : Math.log1p(size + size * size / (1 + Math.sqrt(1 + size * size)));
    return Math.copySign(y, u);
  }

  @Override
  public double logDerivative(double x) {
    double u = Math.abs(standard(x));
    return -Math.log(scale) - (u > FAR ? Math.log(u) : 0.5 * Math.log1p(u * u));
  }

  @Override
  public double invert(double y) {
    return finite(centre + scale * finite(Math.sinh(y)));
  }

  private double standard(double x) {
    return Math.max(-LARGEST, Math.min(LARGEST, (x - centre) / scale));
  }

  private static double finite(double x) {
    return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, x));
  }
}
