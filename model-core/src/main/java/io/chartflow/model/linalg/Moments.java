package io.chartflow.model.linalg;

/**
 * The moments of an optimiser, and the factors of the step that it takes.
 *
 * @see WeightKernels#adam
 */
public final class Moments {

  /** {@code β₁}. */
  public static final float BETA1 = 0.9f;

  /** {@code β₂}. */
  public static final float BETA2 = 0.999f;

  private final float[] first;
  private final float[] second;
  private float scale;
  private float size;
  private float epsilon;

  /** These moments, not copied. */
  public Moments(float[] first, float[] second) {
    this.first = first;
    this.second = second;
  }

  /** {@code m}, live. */
  public float[] first() {
    return first;
  }

  /** {@code v}, live. */
  public float[] second() {
    return second;
  }

  /** Sets what the next step scales the gradient with, how far it goes, and its {@code ε}. */
  public void step(float scale, float size, float epsilon) {
    this.scale = scale;
    this.size = size;
    this.epsilon = epsilon;
  }

  float scale() {
    return scale;
  }

  float size() {
    return size;
  }

  float epsilon() {
    return epsilon;
  }
}
