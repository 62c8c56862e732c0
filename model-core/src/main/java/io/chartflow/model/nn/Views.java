package io.chartflow.model.nn;

import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.nn.ParameterLayout.Slice;
import java.util.ArrayList;
import java.util.List;

/** A flat array and the matrices that a layout cuts it into, each view made once. */
public final class Views {

  private final float[] values;
  private final List<Matrix> matrices = new ArrayList<>();

  /** Views of {@code values}, not copied; what the array holds behind the layout has none. */
  public Views(ParameterLayout layout, float[] values) {
    if (values.length < layout.size()) {
      throw new IllegalArgumentException(
          "expected at least " + layout.size() + " numbers, got " + values.length);
    }
    this.values = values;
    layout.slices().forEach(slice -> matrices.add(slice.in(values)));
  }

  /** The whole array. */
  public float[] values() {
    return values;
  }

  /** One matrix. */
  public Matrix of(Slice slice) {
    return matrices.get(slice.index());
  }
}
