package io.chartflow.model.linalg;

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
}
