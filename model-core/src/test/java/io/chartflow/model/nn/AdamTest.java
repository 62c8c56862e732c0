package io.chartflow.model.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.random.SplitMix;
import org.junit.jupiter.api.Test;

class AdamTest {

  private static final Kernels KERNELS = Kernels.best();
  private static final int SIZE = 21;
  private static final double RATE = 1e-2;

  @Test
  void stepsAreThoseOfThePublishedAlgorithm() {
    SplitMix random = new SplitMix(1);
    float[] theta = new float[SIZE];
    double[] twin = new double[SIZE];
    double[] m = new double[SIZE];
    double[] v = new double[SIZE];
    Adam adam = new Adam(SIZE);
    for (int t = 1; t <= 50; t++) {
      float[] gradient = new float[SIZE];
      for (int i = 0; i < SIZE; i++) {
        gradient[i] = (float) (Math.pow(10, i % 5 - 3) * random.nextGaussian());
        m[i] = 0.9 * m[i] + 0.1 * gradient[i];
        v[i] = 0.999 * v[i] + 0.001 * gradient[i] * gradient[i];
        double mHat = m[i] / (1 - Math.pow(0.9, t));
        double vHat = v[i] / (1 - Math.pow(0.999, t));
        twin[i] -= RATE * mHat / (Math.sqrt(vHat) + 1e-8);
      }
      adam.step(KERNELS, theta, gradient, adam.norm(KERNELS, gradient), RATE, 1e9);
    }
    for (int i = 0; i < SIZE; i++) {
      assertThat((double) theta[i]).isCloseTo(twin[i], offset(1e-4 * Math.abs(twin[i]) + 1e-6));
    }
  }

  @Test
  void aLongGradientIsScaledToTheClip() {
    float[] theta = new float[2];
    float[] gradient = {30, 40};
    Adam adam = new Adam(2);
    adam.step(KERNELS, theta, gradient, adam.norm(KERNELS, gradient), RATE, 5);

    assertThat(adam.norm(KERNELS, gradient)).isEqualTo(50);
    assertThat((double) adam.state().m().get(0)).isCloseTo(0.1 * 3, offset(1e-6));
    assertThat((double) adam.state().m().get(1)).isCloseTo(0.1 * 4, offset(1e-6));
  }

  @Test
  void aShortGradientIsLeftAsItIs() {
    float[] gradient = {3, 4};
    Adam adam = new Adam(2);
    adam.step(KERNELS, new float[2], gradient, 5, RATE, 5);

    assertThat((double) adam.state().m().get(1)).isCloseTo(0.4, offset(1e-6));
  }

  @Test
  void aZeroGradientMovesNothing() {
    float[] theta = {1, -2};
    new Adam(2).step(KERNELS, theta, new float[2], 0, RATE, 5);

    assertThat(theta).containsExactly(1, -2);
  }

  @Test
  void momentsOfAWeightThatHasNoGradientAnyMoreEndAtZero() {
    float[] theta = {1};
    Adam adam = new Adam(1);
    adam.step(KERNELS, theta, new float[] {1e-9f}, 0, RATE, 5);
    for (int i = 0; i < 30_000; i++) {
      adam.step(KERNELS, theta, new float[1], 0, RATE, 5);
    }

    assertThat(adam.state().m().get(0)).isZero();
    assertThat(adam.state().v().get(0)).isZero();
  }

  @Test
  void aRestoredOptimiserGoesOnToTheSameBits() {
    float[] gradient = {0.3f, -1e-3f};
    float[] theta = {1, 1};
    Adam adam = new Adam(2);
    adam.step(KERNELS, theta, gradient, 1, RATE, 5);
    Adam restored = new Adam(adam.state());
    float[] other = theta.clone();
    adam.step(KERNELS, theta, gradient, 1, RATE, 5);
    restored.step(KERNELS, other, gradient, 1, RATE, 5);

    assertThat(other).isEqualTo(theta);
    assertThat(restored.state()).isEqualTo(adam.state());
    assertThat(restored.state().steps()).isEqualTo(2);
  }
}
