package io.chartflow.model.nn;

import io.chartflow.model.linalg.Floats;

/**
 * Adam with bias correction and a bound on the Euclidean norm of the gradient.
 *
 * <p>{@code m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², θ ← θ − η·m̂/(√v̂ + ε)}, {@code β₁ = 0.9, β₂ =
 * 0.999, ε = 1e-8}.
 *
 * <p>Source: Kingma and Ba 2015, algorithm 1; clipping as Pascanu et al. 2013.
 */
public final class Adam {

  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  private final float[] m;
  private final float[] v;
  private long steps;

  /** Fresh moments for {@code size} weights. */
  public Adam(int size) {
    this.m = new float[size];
    this.v = new float[size];
  }

  /** Moments as they were. */
  public Adam(AdamState state) {
    this.m = state.m().toArray();
    this.v = state.v().toArray();
    this.steps = state.steps();
  }

  /** A copy of the moments. */
  public AdamState state() {
    return new AdamState(steps, Floats.copyOf(m), Floats.copyOf(v));
  }

  /** Takes the moments and steps of another of the same size. */
  public void copyFrom(Adam other) {
    System.arraycopy(other.m, 0, m, 0, m.length);
    System.arraycopy(other.v, 0, v, 0, v.length);
    steps = other.steps;
  }

  /** Euclidean norm. */
  public static double norm(float[] gradient) {
    return Math.sqrt(squares(gradient, 0, gradient.length));
  }

  /** {@code Σ g²} of the elements {@code [from, to)}, in double precision, as four running sums. */
  public static double squares(float[] gradient, int from, int to) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = from;
    for (; i + 4 <= to; i += 4) {
      double g0 = gradient[i];
      double g1 = gradient[i + 1];
      double g2 = gradient[i + 2];
      double g3 = gradient[i + 3];
      s0 += g0 * g0;
      s1 += g1 * g1;
      s2 += g2 * g2;
      s3 += g3 * g3;
    }
    for (; i < to; i++) {
      s0 += (double) gradient[i] * gradient[i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** One step of rate {@code rate}; the gradient is scaled down to norm {@code clip} if longer. */
  public void step(float[] theta, float[] gradient, double norm, double rate, double clip) {
    next();
    part(theta, gradient, norm, rate, clip, 0, theta.length);
  }

  /** Begins a step that is taken part by part. */
  public void next() {
    steps++;
  }

  /** The weights {@code [from, to)} of the step that {@link #next} began. */
  public void part(
      float[] theta, float[] gradient, double norm, double rate, double clip, int from, int to) {
    float scale = norm > clip ? (float) (clip / norm) : 1f;
    double correction1 = 1 - Math.pow(BETA1, (double) steps);
    double correction2 = 1 - Math.pow(BETA2, (double) steps);
    float size = (float) (rate * Math.sqrt(correction2) / correction1);
    float epsilon = (float) (EPSILON * Math.sqrt(correction2));
    for (int i = from; i < to; i++) {
      float g = gradient[i] * scale;
      m[i] = Math.fma(BETA1, m[i], (1 - BETA1) * g);
      v[i] = Math.fma(BETA2, v[i], (1 - BETA2) * g * g);
      theta[i] -= size * m[i] / ((float) Math.sqrt(v[i]) + epsilon);
    }
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
