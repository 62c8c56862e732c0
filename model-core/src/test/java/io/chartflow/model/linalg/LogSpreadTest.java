package io.chartflow.model.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogSpreadTest {

  @Test
  void itIsTheLogarithmOfAVariancesRoot() {
    assertThat(LogSpread.of(1)).isZero();
    assertThat(LogSpread.of(4)).isCloseTo(Math.log(2), offset(1e-15));
    assertThat(LogSpread.of(1e-3f)).isEqualTo(0.5 * Math.log(1e-3f));
    assertThat(LogSpread.of(Double.POSITIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(LogSpread.of(Double.NaN)).isNaN();
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-4f, 9.9e-5, 1e-30, 0, -0.0, -1e-9, Double.NEGATIVE_INFINITY})
  void aVarianceCountsAsTheLeastAtLeast(double variance) {
    assertThat(LogSpread.of(variance)).isEqualTo(0.5 * Math.log(1e-4f));
  }

  @Test
  void aLargerVarianceCounts() {
    assertThat(LogSpread.of(Math.nextUp(LogSpread.LEAST_VARIANCE)))
        .isGreaterThan(LogSpread.of(LogSpread.LEAST_VARIANCE));
  }
}
