package io.chartflow.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.connect.meter.MeterNames;
import io.chartflow.jobs.RecordedMeters;
import io.chartflow.model.engine.TrainReport;
import org.junit.jupiter.api.Test;

class TrainMetersTest {

  private final RecordedMeters recorded = new RecordedMeters();
  private final TrainMeters meters = new TrainMeters(recorded, 0, 0);

  @Test
  void whatKeptEventsFromTeachingIsCounted() {
    meters.stepped(report(100, true, 7, false, 3, 2, 88));
    meters.stepped(report(200, true, 1, false, 0, 0, 99));

    assertThat(recorded.count(MeterNames.TRAINER_EVENTS)).isEqualTo(200);
    assertThat(recorded.count(MeterNames.TRAINER_GUARDED)).isEqualTo(8);
    assertThat(recorded.count(MeterNames.TRAINER_INCOMPLETE)).isEqualTo(3);
    assertThat(recorded.count(MeterNames.TRAINER_FAR)).isEqualTo(2);
    assertThat(recorded.count(MeterNames.TRAINER_STEPS)).isEqualTo(2);
    assertThat(recorded.count(MeterNames.TRAINER_OPENINGS)).isZero();
  }

  @Test
  void aBatchThatLeftNothingToLearnIsNeitherAStepNorRefused() {
    meters.stepped(report(100, false, 100, false, 0, 0, 0));
    meters.stepped(report(200, false, 99, false, 0, 0, 1));
    meters.stepped(report(300, false, 0, false, 100, 0, 0));

    assertThat(recorded.count(MeterNames.TRAINER_STEPS)).isZero();
    assertThat(recorded.count(MeterNames.TRAINER_REFUSED_STEPS)).isZero();
  }

  @Test
  void aStepThatDivergedAndABatchOfFarEventsAreRefused() {
    meters.stepped(report(100, false, 0, false, 0, 0, 100));
    meters.stepped(report(200, false, 50, false, 0, 50, 0));

    assertThat(recorded.count(MeterNames.TRAINER_REFUSED_STEPS)).isEqualTo(2);
  }

  @Test
  void openingsAreCountedOnce() {
    meters.stepped(report(100, true, 0, true, 0, 0, 100));
    meters.stepped(report(200, true, 0, false, 0, 0, 100));

    assertThat(recorded.count(MeterNames.TRAINER_OPENINGS)).isEqualTo(1);
  }

  private static TrainReport report(
      long events, boolean applied, int guarded, boolean opened, int gaps, int far, int taught) {
    return new TrainReport(
        1, events, applied, false, -1.5, 100, 0.1, 1, 4, 0, guarded, opened, gaps, far, taught);
  }
}
