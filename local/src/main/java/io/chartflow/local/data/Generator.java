package io.chartflow.local.data;

import java.util.SplittableRandom;

/** Draws events from a density that it can also evaluate. Immutable. */
interface Generator extends TrueDensity {

  /** Number of features. */
  int dimension();

  /** Draws the event number {@code index} into {@code out}. */
  void draw(SplittableRandom random, long index, double[] out);
}
