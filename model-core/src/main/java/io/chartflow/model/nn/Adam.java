package io.chartflow.model.nn;

import io.chartflow.model.linalg.Floats;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Moments;

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

  /** Euclidean norm. */
  public static double norm(float[] gradient) {
    return Math.sqrt(squares(gradient, 0, gradient.length));
  }

  /**
   * {@code Σ g²} of the elements {@code [from, to)}, in double precision, as eight running sums.
   */
  public static double squares(float[] gradient, int from, int to) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
    int i = from;
    for (; i + 8 <= to; i += 8) {
      double g0 = gradient[i];
      double g1 = gradient[i + 1];
      double g2 = gradient[i + 2];
      double g3 = gradient[i + 3];
      double g4 = gradient[i + 4];
      double g5 = gradient[i + 5];
      double g6 = gradient[i + 6];
      double g7 = gradient[i + 7];
      s0 += g0 * g0;
      s1 += g1 * g1;
      s2 += g2 * g2;
      s3 += g3 * g3;
      s4 += g4 * g4;
      s5 += g5 * g5;
      s6 += g6 * g6;
      s7 += g7 * g7;
    }
    for (; i < to; i++) {
      s0 += (double) gradient[i] * gradient[i];
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
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
