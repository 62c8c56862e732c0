package io.chartflow.model.flow;

import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;

/** Bounded log-scales {@code s = S·tanh(h/S)}. */
final class Squash {

  private Squash() {}

  /**
   * For many values at once, one behind the other: {@code squashed}, which holds {@code h}, becomes
   * {@code tanh(h/S)}, and {@code scales} becomes {@code exp(s)}, with {@code S = bound}.
   */
  static void toScales(Kernels kernels, Matrix squashed, Matrix scales, double bound) {
    float[] h = squashed.data();
    float[] s = scales.data();
    int count = squashed.rows() * squashed.cols();
    float inverse = (float) (1 / bound);
    for (int m = 0; m < count; m++) {
      h[m] *= inverse;
    }
    kernels.tanhInPlace(squashed);
    float most = (float) bound;
    for (int m = 0; m < count; m++) {
      s[m] = most * h[m];
    }
    kernels.expInPlace(scales);
  }
}
