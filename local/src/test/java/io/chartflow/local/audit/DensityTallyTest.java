package io.chartflow.local.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.chartflow.connect.density.DensityRecord;
import io.chartflow.connect.density.DensityStatus;
import io.chartflow.model.engine.DensitySum;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DensityTallyTest {

  private final DensityTally tally = new DensityTally();

  @Test
  void recordsWithoutAnAtlasHaveNoShareInTheMeans() {
    tally.add(DensityRecord.noAtlas("events", 0, 0, 0));
    tally.add(record(-2.0, false));
    tally.add(record(-4.0, true));
    DensityTally.Totals totals = tally.totals();
    assertThat(totals.records()).isEqualTo(3);
    assertThat(totals.of(DensityStatus.NO_ATLAS)).isEqualTo(1);
    assertThat(totals.of(DensityStatus.OK)).isEqualTo(2);
    assertThat(totals.meanLogDensity()).isCloseTo(-3.0, within(1e-12));
    assertThat(totals.meanOutOfSample()).isCloseTo(-2.0, within(1e-12));
    assertThat(totals.inSample()).isEqualTo(1);
    assertThat(totals.newestVersion()).isEqualTo(3);
  }

  @Test
  void anomaliesAreCountedAmongThePValues() {
    tally.add(record(-2.0, false, 0.5, false));
    tally.add(record(-9.0, false, 0.001, true));
    tally.add(record(-4.0, false, null, null));

    assertThat(tally.totals().pValues()).isEqualTo(2);
    assertThat(tally.totals().anomalies()).isEqualTo(1);
  }

  @Test
  void aDensityThatIsNotANumberIsCountedAndNotAveraged() {
    tally.add(record(Double.NaN, false));
    tally.add(record(Double.NEGATIVE_INFINITY, false));
    assertThat(tally.totals().nonFinite()).isEqualTo(2);
    assertThat(tally.totals().meanLogDensity()).isNaN();
  }

  private static DensityRecord record(double logDensity, boolean inSample) {
    return record(logDensity, inSample, null, null);
  }

  private static DensityRecord record(
      double logDensity, boolean inSample, @Nullable Double pValue, @Nullable Boolean anomaly) {
    return new DensityRecord(
        "events",
        0,
        1,
        0,
        DensityStatus.OK,
        logDensity,
        DensitySum.TRUNCATED,
        -logDensity,
        pValue,
        anomaly,
        null,
        0,
        List.of(),
        0f,
        3L,
        "hash",
        1000L,
        null,
        inSample);
  }
}
