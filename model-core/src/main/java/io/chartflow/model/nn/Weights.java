package io.chartflow.model.nn;

import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.linalg.Packed;
import io.chartflow.model.nn.ParameterLayout.Slice;
import java.util.ArrayList;
import java.util.Comparator;
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
  private final int[] rank; // of a slice among all by size, the largest first
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
    this.rank = new int[slices.size()];
    List<Slice> bySize = new ArrayList<>(slices);
    bySize.sort(Comparator.comparingInt(slice -> -slice.rows() * slice.cols()));
    for (int r = 0; r < rank.length; r++) {
      rank[bySize.get(r).index()] = r;
    }
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

  /** The weights, each matrix but the factors transposed, as of the last {@link #refresh}. */
  public float[] transposed() {
    return transposed;
  }

  /** One matrix that is no factor, transposed, as of the last {@link #refresh}. */
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
    for (int i = 0; i < slices.size(); i++) { // an iterator would be an object of each step
      Slice slice = slices.get(i);
      if (slice.isFactor() && part(slice, parts) == part) {
        kernels.pack(packed(slice));
      }
    }
  }

  /** Packs the factors, as they are and transposed, and transposes the other matrices. */
  public void refresh(Kernels kernels) {
    reserveTransposed();
    refresh(kernels, 0, 1);
  }

  /**
   * Part {@code part} of {@code parts} of {@link #refresh}: threads may do them side by side, once
   * there is {@linkplain #reserveTransposed room}.
   */
  public void refresh(Kernels kernels, int part, int parts) {
    for (int i = 0; i < slices.size(); i++) {
      Slice slice = slices.get(i);
      if (part(slice, parts) != part) {
        continue;
      }
      if (slice.isFactor()) {
        kernels.pack(packed(slice), packedTransposed(slice));
      } else {
        kernels.transpose(view(slice), turned(slice));
      }
    }
  }

  /** The part that has this slice: to and fro through the parts, so that they are much alike. */
  private int part(Slice slice, int parts) {
    int turn = rank[slice.index()] / parts;
    int place = rank[slice.index()] % parts;
    return turn % 2 == 0 ? place : parts - 1 - place;
  }

  /** Makes room for the transposes, if there is none. */
  public void reserveTransposed() {
    if (turned.size() < slices.size()) {
      transposed = new float[values().length];
      for (Slice slice : slices) {
        Matrix view = slice.transposedIn(transposed);
        turned.add(view);
        if (slice.isFactor()) {
          packedTransposed.add(Packed.transposed(view(slice), view));
        }
      }
    }
  }
}
