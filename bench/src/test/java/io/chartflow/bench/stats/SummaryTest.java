package io.chartflow.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {

  /** By hand: mean 3, deviation √2.5, half width 2.7764·√(2.5/5). */
  @Test
  void fiveValuesHaveTheIntervalOfStudent() {
    Summary summary = Summary.of(List.of(5.0, 1.0, 4.0, 2.0, 3.0));
    assertThat(summary.mean()).isEqualTo(3);
    assertThat(summary.median()).isEqualTo(3);
    assertThat(summary.deviation()).isCloseTo(Math.sqrt(2.5), within(1e-12));
    assertThat(summary.halfWidth()).isCloseTo(1.96324, within(1e-4));
  }

  @Test
  void oneValueHasNoInterval() {
    Summary summary = Summary.of(List.of(7.0));
    assertThat(summary.mean()).isEqualTo(7);
    assertThat(summary.halfWidth()).isNaN();
  }
}
