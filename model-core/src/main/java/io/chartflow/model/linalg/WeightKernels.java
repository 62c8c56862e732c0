package io.chartflow.model.linalg;

/** Passes over weights, as an optimiser makes them. All implementations give the same bits. */
public interface WeightKernels {

  /**
   * Moments and weights {@code [from, to)} one step on: {@code g = scale·gradient, m ← β₁m +
   * (1−β₁)g, v ← β₂v + (1−β₂)g², θ ← θ − size·m/(√v + ε)}. Of g what is below {@link
   * #LEAST_GRADIENT} is zero, and so are moments below {@link #LEAST_MOMENT}: beside ε they move
   * nothing. Moments of weights that have no gradient any more would end as subnormal numbers and
   * stay those, and an operation on one takes a hundred times as long.
   *
   * @param moments with the factors of the step
   */
  void adam(Moments moments, float[] theta, float[] gradient, int from, int to);

  /** The least gradient whose share in the second moment is a normal number. */
  float LEAST_GRADIENT = 1e-17f;

  /** The least moment that counts: less than ε² by far. */
  float LEAST_MOMENT = 1e-30f;

  /** {@code averaged = keep·averaged + (1 − keep)·θ} for the weights {@code [from, to)}. */
  void average(float[] averaged, float keep, float[] theta, int from, int to);

  /** {@code sum += added} for the weights {@code [from, to)}. */
  void add(float[] sum, float[] added, int from, int to);

  /** Sums that {@link #squares} runs side by side. */
  int SUMS = 8;

  /**
   * Sets eight sums, from {@code at} on, to {@code Σ g²} in double precision: the q-th of the
   * elements {@code from + q}, {@code from + q + 8} and so on, the first also of those behind the
   * last eight.
   */
  void squares(float[] gradient, int from, int to, double[] sums, int at);
}
