package io.chartflow.model.nn;

import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.linalg.Packed;
import io.chartflow.model.nn.ParameterLayout.Slice;
import java.util.ArrayList;
import java.util.List;

/**
 * A flat array of weights, and its matrices as products read them: packed, transposed for the
 * backward pass, and both. After the weights change, {@link #refresh} brings all up to date, {@link
 * #pack} what a forward pass needs.
 */
public final class Weights {

  private final List<Slice> slices;
  private final Views views;
  private final List<Packed> packed = new ArrayList<>();
  private final List<Packed> packedTransposed = new ArrayList<>();
  private float[] transposed = new float[0];

  /** Weights over {@code values}, not copied. */
  public Weights(ParameterLayout layout, float[] values) {
    if (values.length != layout.size()) {
      throw new IllegalArgumentException(
          "expected " + layout.size() + " weights, got " + values.length);
    }
    this.slices = layout.slices();
    this.views = new Views(layout, values);
    for (Slice slice : slices) {
      if (slice.isFactor()) {
        packed.add(new Packed(view(slice)));
      }
    }
  }

  /** The weights. */
  public float[] values() {
    return views.values();
  }

  /** One matrix. */
  public Matrix view(Slice slice) {
    return views.of(slice);
  }

  /** The weights, each matrix transposed, as of the last {@link #refresh}. */
  public float[] transposed() {
    return transposed;
  }

  /** A factor as of the last {@link #pack} or {@link #refresh}. */
  public Packed packed(Slice factor) {
    return packed.get(factor.factor());
  }

  /** The transpose of a factor as of the last {@link #refresh}. */
  public Packed packedTransposed(Slice factor) {
    return packedTransposed.get(factor.factor());
  }

  /** Packs the factors. */
  public void pack(Kernels kernels) {
    for (Packed factor : packed) {
      kernels.pack(factor);
    }
  }

  /** Packs the factors, transposes every matrix, and packs the transposed factors. */
  public void refresh(Kernels kernels) {
    pack(kernels);
    if (transposed.length < values().length) {
      transposed = new float[values().length];
    }
    for (Slice slice : slices) {
      kernels.transpose(view(slice), slice.transposedIn(transposed));
      if (slice.isFactor() && packedTransposed.size() == slice.factor()) {
        packedTransposed.add(new Packed(slice.transposedIn(transposed)));
      }
    }
    for (Packed factor : packedTransposed) {
      kernels.pack(factor);
    }
  }
}
