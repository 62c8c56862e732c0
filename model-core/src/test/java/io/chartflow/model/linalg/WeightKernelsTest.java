package io.chartflow.model.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.chartflow.model.random.SplitMix;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Passes over weights give the bits of their plain twins, and leave other weights alone. */
class WeightKernelsTest {

  private static final float[] ODD = {
    0f, -0f, Float.NaN, Float.POSITIVE_INFINITY, 1e30f, -1e-40f, 1e-30f, -1e-29f, 1e-17f, -1e-16f
  };

  private final SplitMix random = new SplitMix(31);

  @Test
  void aStepOfAdamIsThatOfItsTwin() {
    each(
        (kernels, from, to) -> {
          float[] m = weights();
          float[] v = positive(weights());
          float[] theta = weights();
          float[] gradient = weights();
          float[] m1 = m.clone();
          float[] v1 = v.clone();
          float[] theta1 = theta.clone();
          Moments moments = new Moments(m, v);
          moments.step(0.37f, 1.3e-3f, 1e-8f);
          kernels.adam(moments, theta, gradient, from, to);
          Moments twin = new Moments(m1, v1);
          twin.step(0.37f, 1.3e-3f, 1e-8f);
          ScalarWeights.INSTANCE.adam(twin, theta1, gradient, from, to);

          assertThat(theta).isEqualTo(theta1);
          assertThat(m).isEqualTo(m1);
          assertThat(v).isEqualTo(v1);
        });
  }

  @Test
  void anAverageIsThatOfItsTwin() {
    each(
        (kernels, from, to) -> {
          float[] averaged = weights();
          float[] theta = weights();
          float[] twin = averaged.clone();
          kernels.average(averaged, 0.998f, theta, from, to);
          ScalarWeights.INSTANCE.average(twin, 0.998f, theta, from, to);

          assertThat(averaged).isEqualTo(twin);
        });
  }

  @Test
  void aSumIsThatOfItsTwin() {
    each(
        (kernels, from, to) -> {
          float[] sum = weights();
          float[] added = weights();
          float[] twin = sum.clone();
          kernels.add(sum, added, from, to);
          ScalarWeights.INSTANCE.add(twin, added, from, to);

          assertThat(sum).isEqualTo(twin);
        });
  }

  @Test
  void runningSumsOfSquaresAreThoseOfTheirTwin() {
    each(
        (kernels, from, to) -> {
          float[] gradient = weights();
          double[] sums = new double[WeightKernels.SUMS + 2];
          double[] twin = sums.clone();
          kernels.squares(gradient, from, to, sums, 1);
          ScalarWeights.INSTANCE.squares(gradient, from, to, twin, 1);

          assertThat(sums).isEqualTo(twin);
        });
  }

  @Test
  void theSquaresOfAnyPartAreSummedInDoubles() {
    float[] gradient = new float[41];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = (float) (Math.pow(10, i % 5 + 18) * random.nextGaussian());
    }
    double[] sums = new double[WeightKernels.SUMS];
    for (int from = 0; from < gradient.length; from++) {
      for (int to = from; to <= gradient.length; to++) {
        double sum = 0;
        for (int i = from; i < to; i++) {
          sum += (double) gradient[i] * gradient[i];
        }
        Kernels.best().weights().squares(gradient, from, to, sums, 0);

        assertThat(Arrays.stream(sums).sum()).isCloseTo(sum, offset(1e-13 * sum));
      }
    }
  }

  private interface Pass {
    void run(WeightKernels kernels, int from, int to);
  }

  private static void each(Pass pass) {
    for (int from : new int[] {0, 1, 16}) {
      for (int to : new int[] {16, 17, 31, 32, 48, 63, 64, 79}) {
        pass.run(Kernels.best().weights(), from, to);
      }
    }
  }

  private float[] weights() {
    float[] weights = new float[80];
    for (int i = 0; i < weights.length; i++) {
      boolean odd = random.nextInt(8) == 0;
      weights[i] = odd ? ODD[random.nextInt(ODD.length)] : (float) random.nextGaussian();
    }
    return weights;
  }

  private static float[] positive(float[] weights) {
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.abs(weights[i]);
    }
    return weights;
  }
}
