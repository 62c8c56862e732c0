package io.chartflow.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StallWatchTest {

  @Test
  void nothingIsWrongWhileAnythingMoves() {
    StallWatch watch = new StallWatch(Duration.ofSeconds(10));
    for (int second = 0; second < 100; second++) {
      assertThat(watch.observe(Progresses.at(second, 100 + second, 5, 0, 0))).isEmpty();
    }
  }

  @Test
  void aStandstillIsToldAfterThePatienceIsOver() {
    StallWatch watch = new StallWatch(Duration.ofSeconds(10));
    assertThat(watch.observe(Progresses.at(5, 100, 0, 0, 0))).isEmpty();
    assertThat(watch.observe(Progresses.at(14, 100, 0, 0, 0))).isEmpty();
    assertThat(watch.observe(Progresses.at(15, 100, 0, 0, 0)).orElseThrow())
        .isEqualTo("nothing has moved for 10 s: the train job has read none of 100 events sent");
  }

  @Test
  void theDiagnosisNamesTheFirstStageThatStands() {
    assertThat(StallWatch.diagnosis(Progresses.at(0, 0, 0, 0, 0))).contains("the producer");
    assertThat(StallWatch.diagnosis(Progresses.at(0, 100, 40, 0, 0)))
        .contains("the train job stands still at event 40 of 100");
    assertThat(StallWatch.diagnosis(Progresses.at(0, 100, 100, 0, 0)))
        .contains("published no version");
    assertThat(StallWatch.diagnosis(Progresses.at(0, 100, 100, 1, 0)))
        .contains("has written no density");
    assertThat(StallWatch.diagnosis(Progresses.at(0, 100, 100, 1, 60)))
        .contains("the score job stands still at event 60 of 100");
    assertThat(StallWatch.diagnosis(Progresses.at(0, 100, 60, 1, 100)))
        .contains("the train job stands still at event 60 of 100");
  }
}
