package io.chartflow.bench.paper;

import java.util.OptionalDouble;

/**
 * What the paper's tables 1 and 2 print, means in nats, and so what charts add to their base. The
 * absolute values cannot be compared with ours: the paper says neither noise nor scale of its
 * shapes. The gains can.
 */
public final class PaperClaims {

  /** Columns: Spherical, Helix, Lissajous, Twisted-Eight, Knotted, Interlocked-Circles. */
  private static final double[][] LIKELIHOOD = {
    {3.15, -3.37, 2.42, 0.94, -2.17, 0.95},
    {3.55, -1.66, 3.04, 2.29, 0.39, 2.42},
    {4.38, -2.90, 2.50, 1.34, -1.02, 1.07},
    {4.43, -0.49, 3.48, 2.01, 0.62, 2.29},
    {0.91, -3.71, 0.42, -0.38, -2.48, -0.72},
    {0.98, -2.90, 1.65, -0.32, -1.93, 1.24},
  };

  private static final double[][] SAMPLES = {
    {0.50, -57.46, 0.18, -2.72, -8.65, -2.18},
    {0.99, -3.85, 0.59, 0.18, -1.44, -0.11},
    {0.65, -92.83, 0.12, -2.77, -7.04, -2.49},
    {1.01, -4.62, 0.59, -0.32, -2.44, -0.15},
    {-1.17, -29.90, 0.38, -4.03, -19.40, -3.42},
    {0.80, -20.75, 0.49, -3.51, -14.44, -3.23},
  };

  private PaperClaims() {}

  /** What charts add to the test log-likelihood, table 1; empty for what the paper has not. */
  public static OptionalDouble likelihoodGain(FlowModel model, PaperSet set) {
    return gain(LIKELIHOOD, model, set);
  }

  /** What charts add to the score of samples, table 2; empty for what the paper has not. */
  public static OptionalDouble sampleGain(FlowModel model, PaperSet set) {
    return gain(SAMPLES, model, set);
  }

  private static OptionalDouble gain(double[][] table, FlowModel model, PaperSet set) {
    if (model == FlowModel.SPLINE || set == PaperSet.DISJOINT_CIRCLES) {
      return OptionalDouble.empty();
    }
    int base = 2 * model.ordinal();
    return OptionalDouble.of(table[base + 1][set.ordinal()] - table[base][set.ordinal()]);
  }
}
