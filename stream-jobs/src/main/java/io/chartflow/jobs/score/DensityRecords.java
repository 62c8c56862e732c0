package io.chartflow.jobs.score;

import io.chartflow.connect.config.ScoringConfig;
import io.chartflow.connect.density.DensityRecord;
import io.chartflow.connect.density.DensityRecord.ChartProbability;
import io.chartflow.connect.density.DensityRecord.Contribution;
import io.chartflow.connect.density.DensityStatus;
import io.chartflow.connect.event.Event;
import io.chartflow.model.atlas.AtlasManifest;
import io.chartflow.model.calibration.PValues;
import io.chartflow.model.engine.AtlasScorer;
import io.chartflow.model.engine.Attribution;
import io.chartflow.model.engine.ScoreBatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes density records; pure functions of an event, its score and the version that scored. */
final class DensityRecords {

  private DensityRecords() {}

  /** The record of an event that met no atlas. */
  static DensityRecord noAtlas(Event event) {
    return DensityRecord.noAtlas(
        event.topic(), event.partition(), event.offset(), event.eventTime());
  }

  /** The record of the event that is row {@code row} of the scores that {@code by} gave. */
  static DensityRecord scored(
      Event event, ScoreBatch scores, int row, AtlasScorer by, ScoringConfig scoring) {
    AtlasManifest atlas = by.atlas().manifest();
    double logDensity = scores.logDensity(row);
    Double pValue = pValue(by.atlas().pValues(), -logDensity);
    double guard = by.atlas().config().adaptation().guard();
    return new DensityRecord(
        event.topic(),
        event.partition(),
        event.offset(),
        event.eventTime(),
        atlas.events() < scoring.warmupEvents() ? DensityStatus.WARMUP : DensityStatus.OK,
        logDensity,
        by.sum(),
        -logDensity,
        pValue,
        (pValue == null || scoring.alarmRate() == 0) ? null : pValue <= scoring.alarmRate(),
        (pValue == null || guard == 0) ? null : pValue < guard,
        scores.chart(row),
        posterior(scores, row),
        scores.offManifoldDistance(row),
        atlas.version(),
        atlas.configHash(),
        atlas.events(),
        atlas.eventTimeMillis() == Long.MIN_VALUE ? null : atlas.eventTimeMillis(),
        atlas.hasLearned(event.topic(), event.partition(), event.offset()));
  }

  /** Whether an event is rare enough to be told what each feature adds to its surprisal. */
  static boolean wantsAttribution(DensityRecord record, ScoringConfig scoring) {
    return record.pValue() != null && record.pValue() <= scoring.attributionBelow();
  }

  /** The record with row {@code row} of an attribution to the features of these names. */
  static DensityRecord attributed(
      DensityRecord record, Attribution attribution, int row, List<String> names) {
    List<Contribution> contributions = new ArrayList<>(names.size());
    for (int j = 0; j < names.size(); j++) {
      contributions.add(new Contribution(names.get(j), attribution.nats(row, j)));
    }
    return record.withAttribution(contributions, attribution.error(row));
  }

  private static @Nullable Double pValue(PValues pValues, double surprisal) {
    return pValues.isEmpty() || Double.isNaN(surprisal) ? null : pValues.pValue(surprisal);
  }

  private static List<ChartProbability> posterior(ScoreBatch scores, int row) {
    int size = scores.posteriorSize(row);
    List<ChartProbability> posterior = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      posterior.add(new ChartProbability(scores.posteriorChart(row, i), scores.posterior(row, i)));
    }
    return posterior;
  }
}
