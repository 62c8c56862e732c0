package io.chartflow.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.connect.density.DensityRecord;
import io.chartflow.connect.density.DensityStatus;
import io.chartflow.connect.meter.MeterNames;
import io.chartflow.jobs.RecordedMeters;
import io.chartflow.model.engine.DensitySum;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScoreMetersTest {

  private final RecordedMeters recorded = new RecordedMeters();
  private final ScoreMeters meters = new ScoreMeters(recorded);

  @Test
  void alarmsAndMissingFieldsAreCounted() {
    meters.emitted(DensityRecord.noAtlas("events", 0, 0, 0));
    meters.emitted(record(0.5, false, null, null, null));
    meters.emitted(record(0.001, true, true, null, null));
    meters.emitted(record(0.008, false, true, null, null));
    meters.emitted(record(0.7, false, null, List.of("x"), null));
    meters.emitted(record(null, null, null, List.of("x"), List.of("y")));

    assertThat(recorded.count(MeterNames.SCORER_P_VALUES)).isEqualTo(4);
    assertThat(recorded.count(MeterNames.SCORER_ANOMALIES)).isEqualTo(1);
    assertThat(recorded.count(MeterNames.SCORER_GUARDED)).isEqualTo(2);
    assertThat(recorded.count(MeterNames.SCORER_IMPUTED)).isEqualTo(2);
    assertThat(recorded.count(MeterNames.SCORER_MARGINALISED)).isEqualTo(1);
  }

  private static DensityRecord record(
      @Nullable Double pValue,
      @Nullable Boolean anomaly,
      @Nullable Boolean guarded,
      @Nullable List<String> imputed,
      @Nullable List<String> marginalised) {
    return new DensityRecord(
        "events",
        0,
        0,
        0,
        DensityStatus.OK,
        -1.0,
        DensitySum.TRUNCATED,
        1.0,
        pValue,
        anomaly,
        guarded,
        0,
        List.of(),
        0f,
        null,
        null,
        imputed,
        marginalised,
        1L,
        "hash",
        10L,
        null,
        false);
  }
}
