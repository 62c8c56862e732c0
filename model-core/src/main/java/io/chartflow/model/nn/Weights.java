package io.chartflow.model.nn;

import io.chartflow.model.linalg.Kernels;

/**
 * A flat array of weights beside its transposed twin, which the backward pass multiplies with.
 * After the weights change, {@link #refresh} brings the twin up to date.
 */
public final class Weights {

  private final ParameterLayout layout;
  private final float[] values;
  private float[] transposed = new float[0];

  /** Weights over {@code values}, not copied. */
  public Weights(ParameterLayout layout, float[] values) {
    if (values.length != layout.size()) {
      throw new IllegalArgumentException(
          "expected " + layout.size() + " weights, got " + values.length);
    }
    this.layout = layout;
    this.values = values;
  }

  /** The weights. */
  public float[] values() {
    return values;
  }

  /** The weights, each matrix transposed, as of the last {@link #refresh}. */
  public float[] transposed() {
    return transposed;
  }

  /** Copies the weights to their transposed twin. */
  public void refresh(Kernels kernels) {
    if (transposed.length < values.length) {
      transposed = new float[values.length];
    }
    for (ParameterLayout.Slice slice : layout.slices()) {
      kernels.transpose(slice.in(values), slice.transposedIn(transposed));
    }
  }
}
