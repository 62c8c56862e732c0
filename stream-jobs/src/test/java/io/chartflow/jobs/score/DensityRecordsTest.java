package io.chartflow.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.connect.config.ScoringConfig;
import io.chartflow.connect.density.DensityJson;
import io.chartflow.connect.density.DensityLine;
import io.chartflow.connect.density.DensityRecord;
import io.chartflow.connect.event.RawEvent;
import io.chartflow.jobs.RecordedMeters;
import io.chartflow.jobs.Samples;
import io.chartflow.jobs.score.DensityRecords.Details;
import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.engine.AtlasScorer;
import io.chartflow.model.engine.DensitySum;
import io.chartflow.model.engine.EventBatch;
import io.chartflow.model.engine.JvmEngine;
import io.chartflow.model.engine.ScoreBatch;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** P-values, anomalies and guarded events, as records tell of them. */
class DensityRecordsTest {

  private static final double GUARD = 0.1;

  private static final AtlasConfig GUARDED =
      Samples.MODEL.withAdaptation(Samples.MODEL.adaptation().withGuard(GUARD));

  @ParameterizedTest
  @EnumSource(DensitySum.class)
  void pValuesAndAnomaliesAreThoseOfTheTruncatedSumWhateverSumIsTold(DensitySum sum) {
    Atlas atlas = Samples.atlas(1);
    List<DensityRecord> truncated = records(atlas, DensitySum.TRUNCATED);
    List<DensityRecord> records = records(atlas, sum);

    assertThat(records)
        .extracting(DensityRecord::pValue)
        .containsExactlyElementsOf(truncated.stream().map(DensityRecord::pValue).toList())
        .doesNotContainNull();
    assertThat(records)
        .extracting(DensityRecord::anomaly)
        .containsExactlyElementsOf(truncated.stream().map(DensityRecord::anomaly).toList())
        .contains(true, false);
    assertThat(records).extracting(DensityRecord::densitySum).containsOnly(sum);
    if (sum != DensitySum.TRUNCATED) {
      assertThat(records)
          .extracting(DensityRecord::surprisal)
          .isNotEqualTo(truncated.stream().map(DensityRecord::surprisal).toList());
    }
  }

  @Test
  void guardedIsToldOnceTheVersionHasATailToJudgeBy() {
    Atlas early = Samples.atlas(1, GUARDED, 160);
    Atlas later = Samples.atlas(1, GUARDED, 480);
    assertThat(early.pValues().n() * GUARD).isBetween(1.0, 19.0);
    assertThat(later.pValues().n() * GUARD).isGreaterThanOrEqualTo(20);

    assertThat(records(early, DensitySum.TRUNCATED))
        .extracting(DensityRecord::guarded)
        .containsOnlyNulls();
    for (DensityRecord record : records(later, DensitySum.TRUNCATED)) {
      assertThat(record.guarded()).isEqualTo(Objects.requireNonNull(record.pValue()) < GUARD);
    }
    assertThat(records(later, DensitySum.TRUNCATED))
        .extracting(DensityRecord::guarded)
        .contains(true, false);
  }

  @Test
  void withoutAGuardNothingIsSaidOfIt() {
    assertThat(records(Samples.atlas(1, Samples.MODEL, 480), DensitySum.TRUNCATED))
        .extracting(DensityRecord::guarded)
        .containsOnlyNulls();
  }

  @Test
  void anEventThatWasSeenIsInSampleThoughItLiesTooFarToTeach() {
    try (AtlasScorer scorer = new JvmEngine().scorer(Samples.atlas(1), DensitySum.TRUNCATED)) {
      RawEvent far = Samples.raw(6);
      ScoreBatch scores = new ScoreBatch();
      scorer.score(EventBatch.of(2, 1e9, -1e9), scores);

      assertThat(record(maker(scorer), far, scores, 0).inSample()).isTrue();
    }
  }

  /** Of ordinary events, of which every fourth is moved far away. */
  private static List<DensityRecord> records(Atlas atlas, DensitySum sum) {
    try (AtlasScorer scorer = new JvmEngine().scorer(atlas, sum)) {
      EventBatch batch = new EventBatch(64, 2);
      for (int i = 0; i < 64; i++) {
        double[] values = Samples.event(i).values();
        if (i % 4 == 0) {
          values[0] += 40;
        }
        batch.add(values, 0);
      }
      ScoreBatch scores = new ScoreBatch();
      scorer.score(batch, scores);
      DensityRecords maker = maker(scorer);
      return IntStream.range(0, 64)
          .mapToObj(i -> record(maker, Samples.raw(i), scores, i))
          .toList();
    }
  }

  private static DensityRecord record(
      DensityRecords maker, RawEvent event, ScoreBatch scores, int row) {
    double pValue = maker.pValue(scores, row);
    return DensityJson.fromBytes(
        maker.scored(event, event.timestamp(), scores, row, pValue, Details.NONE));
  }

  private static DensityRecords maker(AtlasScorer scorer) {
    double rate = 0.05;
    ScoringConfig scoring = new ScoringConfig(scorer.sum(), 8, Duration.ofMillis(20), 0, rate, 0);
    return new DensityRecords(
        new DensityLine(),
        new ScoreMeters(new RecordedMeters()),
        scorer,
        scoring,
        Samples.SCHEMA.names());
  }
}
