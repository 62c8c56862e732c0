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

  /** Euclidean norm, summed in double precision in the order of the array. */
  public static double norm(float[] gradient) {
    double sum = 0;
    for (float g : gradient) {
      sum += (double) g * g;
    }
    return Math.sqrt(sum);
  }

  /** One step of rate {@code rate}; the gradient is scaled down to norm {@code clip} if longer. */
  public void step(float[] theta, float[] gradient, double norm, double rate, double clip) {
    steps++;
    float scale = norm > clip ? (float) (clip / norm) : 1f;
    double correction1 = 1 - Math.pow(BETA1, (double) steps);
    double correction2 = 1 - Math.pow(BETA2, (double) steps);
    float size = (float) (rate * Math.sqrt(correction2) / correction1);
    float epsilon = (float) (EPSILON * Math.sqrt(correction2));
    for (int i = 0; i < theta.length; i++) {
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
