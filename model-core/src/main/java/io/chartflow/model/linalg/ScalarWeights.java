package io.chartflow.model.linalg;

import java.util.Arrays;

/** {@link WeightKernels} in plain Java. */
final class ScalarWeights implements WeightKernels {

  static final ScalarWeights INSTANCE = new ScalarWeights();

  private ScalarWeights() {}

  @Override
  public void adam(Moments moments, float[] theta, float[] gradient, int from, int to) {
    float[] m = moments.first();
    float[] v = moments.second();
    float rest1 = 1 - Moments.BETA1;
    float rest2 = 1 - Moments.BETA2;
    for (int i = from; i < to; i++) {
      float g = counted(gradient[i] * moments.scale(), LEAST_GRADIENT);
      m[i] = counted(Math.fma(Moments.BETA1, m[i], rest1 * g), LEAST_MOMENT);
      v[i] = counted(Math.fma(Moments.BETA2, v[i], rest2 * g * g), LEAST_MOMENT);
      theta[i] -= moments.size() * m[i] / ((float) Math.sqrt(v[i]) + moments.epsilon());
    }
  }

  private static float counted(float value, float least) {
    return Math.abs(value) < least ? 0f : value;
  }

  @Override
  public void average(float[] averaged, float keep, float[] theta, int from, int to) {
    for (int i = from; i < to; i++) {
      averaged[i] = keep * averaged[i] + (1 - keep) * theta[i];
    }
  }

  @Override
  public void add(float[] sum, float[] added, int from, int to) {
    for (int i = from; i < to; i++) {
      sum[i] += added[i];
    }
  }

  @Override
  public void squares(float[] gradient, int from, int to, double[] sums, int at) {
    Arrays.fill(sums, at, at + SUMS, 0.0);
    addSquares(gradient, from, to, sums, at);
  }

  /** Adds to sums what {@link #squares} would set them to. */
  static void addSquares(float[] gradient, int from, int to, double[] sums, int at) {
    double s0 = sums[at];
    double s1 = sums[at + 1];
    double s2 = sums[at + 2];
    double s3 = sums[at + 3];
    double s4 = sums[at + 4];
    double s5 = sums[at + 5];
    double s6 = sums[at + 6];
    double s7 = sums[at + 7];
    int i = from;
    for (; i + SUMS <= to; i += SUMS) {
      double g0 = gradient[i];
      double g1 = gradient[i + 1];
      double g2 = gradient[i + 2];
      double g3 = gradient[i + 3];
      double g4 = gradient[i + 4];
      double g5 = gradient[i + 5];
      double g6 = gradient[i + 6];
      double g7 = gradient[i + 7];
      s0 += g0 * g0;
      s1 += g1 * g1;
      s2 += g2 * g2;
      s3 += g3 * g3;
      s4 += g4 * g4;
      s5 += g5 * g5;
      s6 += g6 * g6;
      s7 += g7 * g7;
    }
    for (; i < to; i++) {
      s0 += (double) gradient[i] * gradient[i];
    }
    sums[at] = s0;
    sums[at + 1] = s1;
    sums[at + 2] = s2;
    sums[at + 3] = s3;
    sums[at + 4] = s4;
    sums[at + 5] = s5;
    sums[at + 6] = s6;
    sums[at + 7] = s7;
  }
}
