package io.chartflow.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class UniformDistanceTest {

  @Test
  void anEvenGridIsHalfAStepFromUniform() {
    double[] values = {0.875, 0.125, 0.625, 0.375};
    assertThat(UniformDistance.kolmogorovSmirnov(values)).isCloseTo(0.125, within(1e-12));
  }

  @Test
  void squeezedValuesAreFarFromUniform() {
    double[] values = {0.1, 0.2, 0.3, 0.4};
    assertThat(UniformDistance.kolmogorovSmirnov(values)).isCloseTo(0.6, within(1e-12));
  }
}
