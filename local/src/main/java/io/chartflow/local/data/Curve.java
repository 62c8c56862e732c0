package io.chartflow.local.data;

/** A curve in space. */
@FunctionalInterface
interface Curve {

  /** Writes the point at {@code theta} to {@code out}. */
  void at(double theta, double[] out);
}
