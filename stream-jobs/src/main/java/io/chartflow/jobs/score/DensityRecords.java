package io.chartflow.jobs.score;

import io.chartflow.connect.config.ScoringConfig;
import io.chartflow.connect.density.DensityRecord;
import io.chartflow.connect.density.DensityRecord.ChartProbability;
import io.chartflow.connect.density.DensityRecord.Contribution;
import io.chartflow.connect.density.DensityStatus;
import io.chartflow.connect.event.Event;
import io.chartflow.model.atlas.AtlasManifest;
import io.chartflow.model.calibration.ContaminationGuard;
import io.chartflow.model.calibration.PValues;
import io.chartflow.model.engine.AtlasScorer;
import io.chartflow.model.engine.Attribution;
import io.chartflow.model.engine.DensitySum;
import io.chartflow.model.engine.ScoreBatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes density records; pure functions of an event, its score and the version that scored.
 *
 * @param by gave the scores
 * @param scoring how they are told
 * @param names of the features, in the schema's order
 */
record DensityRecords(AtlasScorer by, ScoringConfig scoring, List<String> names) {

  /** The record of an event that met no atlas. */
  static DensityRecord noAtlas(Event event) {
    return DensityRecord.noAtlas(
        event.topic(), event.partition(), event.offset(), event.eventTime());
  }

  /**
   * The record of an event with this row of the scores; its gaps, if it had any, were filled. Its
   * p-value is by the truncated sum, which the atlas calibrated on, whatever sum is told.
   */
  DensityRecord scored(Event event, ScoreBatch scores, int row) {
    Double pValue = pValue(by.atlas().pValues(), -scores.truncatedLogDensity(row));
    return record(event, scores, row, by.sum(), pValue, gaps(event, names.size()), null);
  }

  /**
   * The record of an event that is scored by what lies before its first gap from {@code imputable}
   * on, if the scores are of that. There is no p-value: those of the atlas are of whole events.
   */
  DensityRecord observed(Event event, ScoreBatch scores, int row, int imputable) {
    int first = imputable;
    while (!Double.isNaN(event.values()[first])) {
      first++;
    }
    return record(
        event,
        scores,
        row,
        DensitySum.FULL,
        null,
        gaps(event, imputable),
        names.subList(first, names.size()));
  }

  private DensityRecord record(
      Event event,
      ScoreBatch scores,
      int row,
      DensitySum sum,
      @Nullable Double pValue,
      @Nullable List<String> imputed,
      @Nullable List<String> marginalised) {
    AtlasManifest atlas = by.atlas().manifest();
    double logDensity = scores.logDensity(row);
    boolean whole = imputed == null && marginalised == null;
    return new DensityRecord(
        event.topic(),
        event.partition(),
        event.offset(),
        event.eventTime(),
        atlas.events() < scoring.warmupEvents() ? DensityStatus.WARMUP : DensityStatus.OK,
        logDensity,
        sum,
        -logDensity,
        pValue,
        (pValue == null || scoring.alarmRate() == 0) ? null : pValue <= scoring.alarmRate(),
        whole ? guarded(pValue) : null,
        scores.chart(row),
        posterior(scores, row),
        scores.offManifoldDistance(row),
        null,
        null,
        imputed,
        marginalised,
        atlas.version(),
        atlas.configHash(),
        atlas.events(),
        atlas.eventTimeMillis() == Long.MIN_VALUE ? null : atlas.eventTimeMillis(),
        whole && atlas.hasLearned(event.topic(), event.partition(), event.offset()));
  }

  /**
   * Whether a p-value is below the guard's level; null while no event could be guarded: a guard
   * judges by a tail of some events, and this version's p-values may be of too few.
   */
  private @Nullable Boolean guarded(@Nullable Double pValue) {
    double level = by.atlas().config().adaptation().guard();
    boolean judges = level > 0 && ContaminationGuard.canJudgeBy(by.atlas().pValues(), level);
    return (pValue == null || !judges) ? null : pValue < level;
  }

  /** Names of the gaps of an event among the first features; null if there are none. */
  private @Nullable List<String> gaps(Event event, int to) {
    List<String> gaps = new ArrayList<>();
    for (int j = 0; j < to; j++) {
      if (Double.isNaN(event.values()[j])) {
        gaps.add(names.get(j));
      }
    }
    return gaps.isEmpty() ? null : gaps;
  }

  /** Whether an event is rare enough to be told what each feature adds to its surprisal. */
  boolean wantsAttribution(DensityRecord record) {
    return record.pValue() != null && record.pValue() <= scoring.attributionBelow();
  }

  /** The record with row {@code row} of an attribution. */
  DensityRecord attributed(DensityRecord record, Attribution attribution, int row) {
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
