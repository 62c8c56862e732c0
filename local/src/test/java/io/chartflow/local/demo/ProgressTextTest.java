package io.chartflow.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTextTest {

  private final ProgressText text = new ProgressText("helix (3 features)", 16);

  @Test
  void theBlockShowsWhatAPersonWantsToSee() {
    assertThat(text.block(Progresses.at(65, 2000, 1500, 3, 1200), 987.6, "learning and scoring"))
        .containsExactly(
            "chartflow demo · helix (3 features) · 01:05 · learning and scoring",
            "  events in       2,000 of 1,000",
            "  learned         1,500",
            "  scored          1,200   988 events/s",
            "  log-likelihood  -2.250 nats (truth -2.000)",
            "  atlas           version 3, 12 of 16 charts",
            "  dead letters    0");
  }

  @Test
  void beforeTheFirstVersionItSaysSo() {
    assertThat(text.line(Progresses.at(1, 10, 0, 0, 0), 0, "learning a first atlas"))
        .contains("no likelihood yet", "no version yet");
  }

  @Test
  void hoursAreShownOnceThereAreAny() {
    assertThat(ProgressText.clock(Duration.ofSeconds(59))).isEqualTo("00:59");
    assertThat(ProgressText.clock(Duration.ofSeconds(3661))).isEqualTo("1:01:01");
  }
}
