package io.chartflow.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.connect.density.DensityStatus;
import io.chartflow.connect.meter.MeterNames;
import io.chartflow.jobs.RecordedMeters;
import org.junit.jupiter.api.Test;

class ScoreMetersTest {

  private final RecordedMeters recorded = new RecordedMeters();
  private final ScoreMeters meters = new ScoreMeters(recorded);

  @Test
  void alarmsAndMissingFieldsAreCounted() {
    meters.emitted(DensityStatus.NO_ATLAS);
    meters.emitted(DensityStatus.OK);
    meters.rated(false, false);
    meters.rated(true, true);
    meters.rated(false, true);
    meters.lacking(true, false);
    meters.lacking(true, true);
    meters.lacking(false, false);

    assertThat(recorded.count(MeterNames.SCORER_P_VALUES)).isEqualTo(3);
    assertThat(recorded.count(MeterNames.SCORER_ANOMALIES)).isEqualTo(1);
    assertThat(recorded.count(MeterNames.SCORER_GUARDED)).isEqualTo(2);
    assertThat(recorded.count(MeterNames.SCORER_IMPUTED)).isEqualTo(2);
    assertThat(recorded.count(MeterNames.SCORER_MARGINALISED)).isEqualTo(1);
  }
}
