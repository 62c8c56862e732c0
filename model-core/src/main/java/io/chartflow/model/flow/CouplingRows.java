package io.chartflow.model.flow;

/** An {@link AffineCoupling} on one row of many features, in methods that are compiled alone. */
final class CouplingRows {

  private CouplingRows() {}

  /** {@code y = x·exp(s) + t}; keeps x. */
  static void move(
      float[] x,
      int at,
      float[] factor,
      float[] shift,
      int shiftAt,
      float[] held,
      int m,
      int count) {
    for (int j = 0; j < count; j++) {
      float value = x[at + j];
      held[m + j] = value;
      x[at + j] = Math.fma(value, factor[m + j], shift[shiftAt + j]);
    }
  }

  /** Leaves the gradient by the outputs, {@code h} then {@code t}, and in place that by x. */
  static void back(
      float[] dx,
      int at,
      float dLogDet,
      float[] held,
      float[] factor,
      float[] bounded,
      int m,
      float[] dOut,
      int o,
      int count) {
    for (int j = 0; j < count; j++) {
      float dy = dx[at + j];
      float scale = factor[m + j];
      float dScale = dy * held[m + j] * scale + dLogDet;
      dOut[o + j] = dScale * (1 - bounded[m + j] * bounded[m + j]);
      dOut[o + count + j] = dy;
      dx[at + j] = dy * scale;
    }
  }
}
