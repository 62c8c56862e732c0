package io.chartflow.model.flow;

import io.chartflow.model.linalg.Matrix;

/** The base density {@code q = N(0, I)}: {@code log q(z) = −½‖z‖² − (D/2)·log 2π}. */
public final class StandardNormal {

  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  private StandardNormal() {}

  /** {@code log q} of row {@code i}, in nats. */
  public static double logDensity(Matrix z, int i) {
    double squares = 0;
    int at = z.row(i);
    for (int j = 0; j < z.cols(); j++) {
      double value = z.data()[at + j];
      squares += value * value;
    }
    return -0.5 * squares - z.cols() * HALF_LOG_TWO_PI;
  }
}
