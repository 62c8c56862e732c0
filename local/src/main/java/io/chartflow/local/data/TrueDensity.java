package io.chartflow.local.data;

/** The density that a generator draws from. Safe for use by several threads. */
@FunctionalInterface
public interface TrueDensity {

  /**
   * The exact log-density in nats; for a set on a surface, by its area, and −∞ off the surface.
   *
   * @param x a point, one value per feature
   * @param index how many events were drawn before it; only a drifting set looks at it
   */
  double logDensity(double[] x, long index);
}
