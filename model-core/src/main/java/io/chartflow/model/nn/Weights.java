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
  private final List<Matrix> turned = new ArrayList<>();
  private float[] transposed = new float[0];

  /** Weights over {@code values}, not copied. */
  public Weights(ParameterLayout layout, float[] values) {
    this(layout, values, true);
  }

  /** Weights over {@code values}, not copied, that rows meet and blocks do not. */
  public static Weights forRows(ParameterLayout layout, float[] values) {
    return new Weights(layout, values, false);
  }

  private Weights(ParameterLayout layout, float[] values, boolean alsoForBlocks) {
    if (values.length != layout.size()) {
      throw new IllegalArgumentException(
          "expected " + layout.size() + " weights, got " + values.length);
    }
    this.slices = layout.slices();
    this.views = new Views(layout, values);
    for (Slice slice : slices) {
      if (slice.isFactor()) {
        Matrix view = view(slice);
        packed.add(alsoForBlocks ? Packed.alsoForBlocks(view) : new Packed(view));
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

  /** One matrix, transposed, as of the last {@link #refresh}. */
  Matrix turned(Slice slice) {
    return turned.get(slice.index());
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
    pack(kernels, 0, 1);
  }

  /** Part {@code part} of {@code parts} of {@link #pack}: threads may do them side by side. */
  public void pack(Kernels kernels, int part, int parts) {
    for (int f = part; f < packed.size(); f += parts) {
      kernels.pack(packed.get(f));
    }
  }

  /** Packs the factors, transposes every matrix, and packs the transposed factors. */
  public void refresh(Kernels kernels) {
    reserveTransposed();
    refresh(kernels, 0, 1);
  }

  /**
   * Part {@code part} of {@code parts} of {@link #refresh}: threads may do them side by side, once
   * there is {@linkplain #reserveTransposed room}.
   */
  public void refresh(Kernels kernels, int part, int parts) {
    pack(kernels, part, parts);
    for (int s = part; s < slices.size(); s += parts) {
      Slice slice = slices.get(s);
      kernels.transpose(view(slice), turned(slice));
      if (slice.isFactor()) {
        kernels.pack(packedTransposed(slice));
      }
    }
  }

  /** Makes room for the transposes, if there is none. */
  public void reserveTransposed() {
    if (turned.size() < slices.size()) {
      transposed = new float[values().length];
      for (Slice slice : slices) {
        Matrix view = slice.transposedIn(transposed);
        turned.add(view);
        if (slice.isFactor()) {
          packedTransposed.add(new Packed(view));
        }
      }
    }
  }
}
