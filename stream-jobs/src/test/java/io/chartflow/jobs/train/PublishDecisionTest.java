package io.chartflow.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.connect.config.PublishingConfig;
import io.chartflow.jobs.train.PublishDecision.Progress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PublishDecisionTest {

  private static final PublishingConfig BOUNDS =
      new PublishingConfig(1_000, Duration.ofSeconds(30), 5);

  @Test
  void aModelWithoutADensityIsNotPublishedHoweverLongItTakes() {
    assertThat(decide(false, 10, 5_000, 60_000)).isEqualTo(PublishDecision.NOT_READY);
  }

  @Test
  void theSameModelIsNotPublishedTwice() {
    assertThat(decide(true, 0, 5_000, 60_000)).isEqualTo(PublishDecision.NOTHING_NEW);
  }

  @Test
  void neitherBoundIsMet() {
    assertThat(decide(true, 1, 999, 29_999)).isEqualTo(PublishDecision.TOO_EARLY);
  }

  @Test
  void enoughEventsAreEnough() {
    assertThat(decide(true, 1, 1_000, 0)).isEqualTo(PublishDecision.ENOUGH_EVENTS);
  }

  @Test
  void enoughTimeIsEnough() {
    assertThat(decide(true, 1, 1, 30_000)).isEqualTo(PublishDecision.ENOUGH_TIME);
  }

  @Test
  void onlyAMetBoundPublishes() {
    assertThat(PublishDecision.values())
        .filteredOn(PublishDecision::publishes)
        .containsExactly(PublishDecision.ENOUGH_EVENTS, PublishDecision.ENOUGH_TIME);
  }

  private static PublishDecision decide(boolean ready, long steps, long events, long millis) {
    return PublishDecision.of(BOUNDS, new Progress(ready, steps, events, millis));
  }
}
