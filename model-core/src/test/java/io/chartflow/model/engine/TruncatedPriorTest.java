package io.chartflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TruncatedPriorTest {

  @Test
  void itIsTheTruncatedPriorWhicheverSharesWereMeasuredAnew() {
    TruncatedPrior prior = new TruncatedPrior(3);
    float[] z = {1, 1, 1};
    double[] log = {-1, -2, -3};
    for (float measured : new float[] {1, 0.5f, 0.5f, 0, 0.999f}) {
      z[1] = measured;
      z[2] = measured / 3;
      log[0] += 0.25;
      double[] before = log.clone();

      double[] truncated = prior.of(log, z);
      for (int k = 0; k < log.length; k++) {
        assertThat(truncated[k]).isEqualTo(log[k] - Math.log(Math.max(z[k], 1e-3)));
      }
      assertThat(log).as("which is read alone").isEqualTo(before);
    }
  }
}
