package io.chartflow.model.engine;

import java.util.Arrays;

/**
 * {@code log p_k − log Z_k}, what the truncated sum weighs {@code p(x|k)} with. A step of learning
 * measures few {@code Z_k} anew: the logarithms of the others are kept.
 */
final class TruncatedPrior {

  /** {@code Z_k} counts as at least this much, so that an empty chart does not weigh infinitely. */
  private static final double MIN_Z = 1e-3;

  private final float[] logged;
  private final double[] logZ;
  private final double[] weights;

  TruncatedPrior(int charts) {
    this.logged = new float[charts];
    this.logZ = new double[charts];
    this.weights = new double[charts];
    Arrays.fill(logged, Float.NaN);
  }

  /** Of these priors and shares, in an array that the next call overwrites. */
  double[] of(double[] logPrior, float[] z) {
    for (int k = 0; k < weights.length; k++) {
      if (z[k] != logged[k]) {
        logged[k] = z[k];
        logZ[k] = Math.log(Math.max(z[k], MIN_Z));
      }
      weights[k] = logPrior[k] - logZ[k];
    }
    return weights;
  }
}
