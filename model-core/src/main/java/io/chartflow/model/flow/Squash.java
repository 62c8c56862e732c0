package io.chartflow.model.flow;

import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;

/** Bounded log-scales {@code s = S·tanh(h/S)}. */
final class Squash {

  private Squash() {}

  /**
   * For {@code count} values at once: {@code squashed}, which holds {@code h}, becomes {@code
   * tanh(h/S)}, and {@code scales} becomes {@code exp(s)}, with {@code S = bound}.
   */
  static void toScales(Kernels kernels, float[] squashed, float[] scales, int count, double bound) {
    float inverse = (float) (1 / bound);
    for (int m = 0; m < count; m++) {
      squashed[m] *= inverse;
    }
    kernels.tanhInPlace(Matrix.of(squashed, 0, 1, count));
    float most = (float) bound;
    for (int m = 0; m < count; m++) {
      scales[m] = most * squashed[m];
    }
    kernels.expInPlace(Matrix.of(scales, 0, 1, count));
  }
}
