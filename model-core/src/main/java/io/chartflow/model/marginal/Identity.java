package io.chartflow.model.marginal;

import io.chartflow.model.config.MarginalKind;
import io.chartflow.model.linalg.Doubles;

/** {@code y = x}. */
enum Identity implements Marginal {
  INSTANCE;

  static Identity of(Doubles parameters) {
    if (parameters.size() != 0) {
      throw new IllegalArgumentException(
          "no transform has no parameters, got " + parameters.size());
    }
    return INSTANCE;
  }

  @Override
  public MarginalKind kind() {
    return MarginalKind.NONE;
  }

  @Override
  public Doubles parameters() {
    return Doubles.copyOf(new double[0]);
  }

  @Override
  public double apply(double x) {
    return x;
  }

  @Override
  public double logDerivative(double x) {
    return 0;
  }

  @Override
  public double invert(double y) {
    return y;
  }
}
