package io.chartflow.local.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PaceTest {

  private static final long SECOND = 1_000_000_000L;

  @Test
  void aRateAllowsSoManyEventsASecondAndTheFirstAtOnce() {
    Pace pace = Pace.of(100);
    assertThat(pace.allowed(0)).isEqualTo(1);
    assertThat(pace.allowed(10 * SECOND)).isEqualTo(1001);
  }

  @Test
  void noRateIsNoBound() {
    assertThat(Pace.of(0).allowed(0)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void theSlowerOfTwoPacesHolds() {
    assertThat(Pace.of(100).and(nanos -> 7).allowed(SECOND)).isEqualTo(7);
  }

  @Test
  void aNegativeRateIsRefused() {
    assertThatThrownBy(() -> Pace.of(-1)).hasMessage("rate must be at least 0, got -1.0");
  }
}
