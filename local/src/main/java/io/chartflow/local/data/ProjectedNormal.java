package io.chartflow.local.data;

import java.util.SplittableRandom;

/**
 * The projected normal on the unit sphere of {@code R³}: {@code x = y/‖y‖}, {@code y ~ N(μ, I)}.
 * Its density lives on the sphere, per unit of area: with {@code t = x·μ}, {@code p(x) =
 * (2π)^{−3/2}·e^{−‖μ‖²/2}·[t + (1 + t²)·Φ(t)/φ(t)]} (Mardia and Jupp, <em>Directional
 * Statistics</em>, §9.3.3). An event that is further than {@value #THICKNESS} from the sphere has
 * no density.
 *
 * <p>Ross and Cresswell (NeurIPS 2021) learn a thousand points of it, with this μ.
 */
final class ProjectedNormal implements Generator {

  private static final double THICKNESS = 1e-6;
  private static final double[] MEAN = {-1, -1, 0};

  @Override
  public int dimension() {
    return 3;
  }

  @Override
  public void draw(SplittableRandom random, long index, double[] out) {
    double squares = 0;
    for (int j = 0; j < 3; j++) {
      out[j] = MEAN[j] + random.nextGaussian();
      squares += out[j] * out[j];
    }
    double norm = Math.sqrt(squares);
    for (int j = 0; j < 3; j++) {
      out[j] /= norm;
    }
  }

  @Override
  public double logDensity(double[] x, long index) {
    double squares = 0;
    double t = 0;
    double mean = 0;
    for (int j = 0; j < 3; j++) {
      squares += x[j] * x[j];
      t += x[j] * MEAN[j];
      mean += MEAN[j] * MEAN[j];
    }
    if (!(Math.abs(Math.sqrt(squares) - 1) <= THICKNESS)) {
      return Double.NEGATIVE_INFINITY;
    }
    return Math.log(t + (1 + t * t) * millsRatio(t)) - mean / 2 - 1.5 * Math.log(2 * Math.PI);
  }

  /** {@code Φ(t)/φ(t) = √(π/2)·e^{t²/2} + Σ_n t^{2n+1}/(1·3·…·(2n + 1))}, for {@code |t| ≤ √2}. */
  private static double millsRatio(double t) {
    double sum = 0;
    double term = t;
    for (int n = 1; n < 60; n++) {
      sum += term;
      term *= t * t / (2 * n + 1);
    }
    return Math.sqrt(Math.PI / 2) * Math.exp(t * t / 2) + sum;
  }
}
