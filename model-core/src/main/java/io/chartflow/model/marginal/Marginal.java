package io.chartflow.model.marginal;

import io.chartflow.model.config.MarginalKind;
import io.chartflow.model.linalg.Doubles;

/**
 * A strictly increasing, differentiable map {@code y = T(x)} of one feature, from the units of the
 * input to about those of a standard normal. Immutable. Every finite number has a finite result,
 * and a finite {@link #logDerivative}.
 */
public sealed interface Marginal permits Identity, AsinhMarginal, SplineMarginal {

  /** Which one it is. */
  MarginalKind kind();

  /** What {@link #of} makes it of again, to the same bits. */
  Doubles parameters();

  /** {@code T(x)}. */
  double apply(double x);

  /** {@code log T′(x)}. */
  double logDerivative(double x);

  /** {@code T⁻¹(y)}; a result that no double holds is taken as the largest. */
  double invert(double y);

  /**
   * The marginal of these {@link #parameters}.
   *
   * @throws IllegalArgumentException if they are not those of one of this kind
   */
  static Marginal of(MarginalKind kind, Doubles parameters) {
    return switch (kind) {
      case NONE -> Identity.of(parameters);
      case ASINH -> AsinhMarginal.of(parameters);
      case SPLINE -> SplineMarginal.of(parameters);
    };
  }

  /** The value itself. */
  static Marginal none() {
    return Identity.INSTANCE;
  }
}
