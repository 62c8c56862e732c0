package io.chartflow.model.nn;

import io.chartflow.model.linalg.Floats;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Moments;
import io.chartflow.model.linalg.WeightKernels;

/**
 * Adam with bias correction and a bound on the Euclidean norm of the gradient.
 *
 * <p>{@code m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², θ ← θ − η·m̂/(√v̂ + ε)}, {@code β₁ = 0.9, β₂ =
 * 0.999, ε = 1e-8}.
 *
 * <p>Source: Kingma and Ba 2015, algorithm 1; clipping as Pascanu et al. 2013.
 */
public final class Adam {

  private static final float EPSILON = 1e-8f;

  private final Moments moments;
  private final double[] squares = new double[WeightKernels.SUMS];
  private long steps;

  /** Fresh moments for {@code size} weights. */
  public Adam(int size) {
    this.moments = new Moments(new float[size], new float[size]);
  }

  /** Moments as they were. */
  public Adam(AdamState state) {
    this.moments = new Moments(state.m().toArray(), state.v().toArray());
    this.steps = state.steps();
  }

  /** A copy of the moments. */
  public AdamState state() {
    return new AdamState(steps, Floats.copyOf(moments.first()), Floats.copyOf(moments.second()));
  }

  /** Takes the moments and steps of another of the same size. */
  public void copyFrom(Adam other) {
    int size = moments.first().length;
    System.arraycopy(other.moments.first(), 0, moments.first(), 0, size);
    System.arraycopy(other.moments.second(), 0, moments.second(), 0, size);
    steps = other.steps;
  }

  /** Euclidean norm of a gradient. */
  public double norm(Kernels kernels, float[] gradient) {
    kernels.weights().squares(gradient, 0, gradient.length, squares, 0);
    return Math.sqrt(sum(squares, 0));
  }

  /** What {@link WeightKernels#squares} left from {@code at} on, added in pairs. */
  public static double sum(double[] s, int at) {
    double first = (s[at] + s[at + 1]) + (s[at + 2] + s[at + 3]);
    return first + ((s[at + 4] + s[at + 5]) + (s[at + 6] + s[at + 7]));
  }

  /** One step of rate {@code rate}; the gradient is scaled down to norm {@code clip} if longer. */
  public void step(
      Kernels kernels, float[] theta, float[] gradient, double norm, double rate, double clip) {
    next(norm, rate, clip);
    part(kernels, theta, gradient, 0, theta.length);
  }

  /** Begins such a step, which is taken part by part. */
  public void next(double norm, double rate, double clip) {
    steps++;
    float scale = norm > clip ? (float) (clip / norm) : 1f;
    double correction1 = 1 - Math.pow(Moments.BETA1, (double) steps);
    double correction2 = 1 - Math.pow(Moments.BETA2, (double) steps);
    float size = (float) (rate * Math.sqrt(correction2) / correction1);
    moments.step(scale, size, (float) (EPSILON * Math.sqrt(correction2)));
  }

  /** The weights {@code [from, to)} of the step that {@link #next} began. */
  public void part(Kernels kernels, float[] theta, float[] gradient, int from, int to) {
    kernels.weights().adam(moments, theta, gradient, from, to);
  }

  /**
   * The moments of an {@link Adam}.
   *
   * @param steps steps taken
   * @param m first moment
   * @param v second moment
   */
  public record AdamState(long steps, Floats m, Floats v) {}
}
