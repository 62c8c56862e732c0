package io.chartflow.jobs.score;

import io.chartflow.connect.config.ScoringConfig;
import io.chartflow.connect.density.DensityLine;
import io.chartflow.connect.density.DensityStatus;
import io.chartflow.connect.event.RawEvent;
import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.atlas.AtlasManifest;
import io.chartflow.model.calibration.ContaminationGuard;
import io.chartflow.model.calibration.PValues;
import io.chartflow.model.engine.AtlasScorer;
import io.chartflow.model.engine.Attribution;
import io.chartflow.model.engine.DensitySum;
import io.chartflow.model.engine.ScoreBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the density records of one version straight from its scores: the same event, score and
 * version give the same bytes. Tells the meters what it wrote.
 */
final class DensityRecords {

  private final DensityLine line;
  private final ScoreMeters meters;
  private final ScoringConfig scoring;
  private final List<String> names;
  private final DensitySum sum;
  private final AtlasManifest atlas;
  private final PValues pValues;
  private final DensityStatus status;
  private final double guard;
  private final boolean judges;

  /**
   * The partition of the last event, since events come in runs, and what the version knew of it.
   */
  private String topic = "";

  private int partition = -1;
  private long learnedTo;

  /**
   * @param by gave the scores
   * @param scoring how they are told
   * @param names of the features, in the schema's order
   */
  DensityRecords(
      DensityLine line,
      ScoreMeters meters,
      AtlasScorer by,
      ScoringConfig scoring,
      List<String> names) {
    Atlas version = by.atlas();
    this.line = line;
    this.meters = meters;
    this.scoring = scoring;
    this.names = names;
    this.sum = by.sum();
    this.atlas = version.manifest();
    this.pValues = version.pValues();
    this.status = atlas.events() < scoring.warmupEvents() ? DensityStatus.WARMUP : DensityStatus.OK;
    this.guard = version.config().adaptation().guard();
    this.judges = guard > 0 && ContaminationGuard.canJudgeBy(pValues, guard);
  }

  /** The record of an event that met no atlas. */
  static byte[] noAtlas(DensityLine line, ScoreMeters meters, RawEvent event, long eventTime) {
    meters.emitted(DensityStatus.NO_ATLAS);
    line.begin(event.topic(), event.partition(), event.offset(), eventTime, DensityStatus.NO_ATLAS);
    return line.end();
  }

  /**
   * The p-value of a row, by the truncated sum, which the atlas calibrated on, whatever sum is
   * told; NaN if there is none.
   */
  double pValue(ScoreBatch scores, int row) {
    double surprisal = -scores.truncatedLogDensity(row);
    return pValues.isEmpty() || Double.isNaN(surprisal) ? Double.NaN : pValues.pValue(surprisal);
  }

  /** Whether an event is rare enough to be told what each feature adds to its surprisal. */
  boolean wantsAttribution(double pValue) {
    return pValue <= scoring.attributionBelow();
  }

  /**
   * The record of an event with this row of the scores.
   *
   * @param pValue NaN for none, as where something was left out: those of an atlas are of whole
   *     events
   */
  byte[] scored(
      RawEvent event, long eventTime, ScoreBatch scores, int row, double pValue, Details details) {
    meters.emitted(status);
    line.begin(event.topic(), event.partition(), event.offset(), eventTime, status);
    double logDensity = scores.logDensity(row);
    line.logDensity(logDensity);
    line.densitySum(details.marginalised() == null ? sum : DensitySum.FULL);
    line.surprisal(-logDensity);
    if (!Double.isNaN(pValue)) {
      writeRarity(pValue, details.isWhole());
    }
    line.chart(scores.chart(row));
    writePosterior(scores, row);
    line.offManifoldDistance(scores.offManifoldDistance(row));
    if (!details.isPlain()) {
      writeDetails(details);
    }
    line.atlas(atlas);
    line.inSample(details.isWhole() && hasLearned(event));
    return line.end();
  }

  /**
   * An event is told as guarded where a guard could judge: it does so by a tail of some events, and
   * this version's p-values may be of too few.
   */
  private void writeRarity(double pValue, boolean whole) {
    line.pValue(pValue);
    boolean anomaly = scoring.alarmRate() > 0 && pValue <= scoring.alarmRate();
    if (scoring.alarmRate() > 0) {
      line.anomaly(anomaly);
    }
    boolean guarded = whole && judges && pValue < guard;
    if (whole && judges) {
      line.guarded(guarded);
    }
    meters.rated(anomaly, guarded);
  }

  private void writePosterior(ScoreBatch scores, int row) {
    line.beginPosterior();
    int size = scores.posteriorSize(row);
    for (int i = 0; i < size; i++) {
      line.probability(scores.posteriorChart(row, i), scores.posterior(row, i));
    }
    line.endList();
  }

  private void writeDetails(Details details) {
    Attribution attribution = details.attribution();
    if (attribution != null) {
      line.beginAttribution();
      for (int j = 0; j < names.size(); j++) {
        line.contribution(names.get(j), attribution.nats(details.attributed(), j));
      }
      line.endList();
      line.attributionError(attribution.error(details.attributed()));
    }
    if (details.imputed() != null) {
      line.imputed(details.imputed());
    }
    if (details.marginalised() != null) {
      line.marginalised(details.marginalised());
    }
    meters.lacking(details.imputed() != null, details.marginalised() != null);
  }

  private boolean hasLearned(RawEvent event) {
    if (event.partition() != partition || !event.topic().equals(topic)) {
      topic = event.topic();
      partition = event.partition();
      learnedTo = atlas.learnedTo(topic, partition);
    }
    return event.offset() < learnedTo;
  }

  /**
   * What few events have.
   *
   * @param imputed fields that were missing and were filled, or null
   * @param marginalised fields that the density leaves out, or null
   * @param attribution that has a row of the event, or null
   * @param attributed that row
   */
  record Details(
      @Nullable List<String> imputed,
      @Nullable List<String> marginalised,
      @Nullable Attribution attribution,
      int attributed) {

    /** Of an event that has every field and no attribution. */
    static final Details NONE = new Details(null, null, null, -1);

    boolean isWhole() {
      return imputed == null && marginalised == null;
    }

    boolean isPlain() {
      return isWhole() && attribution == null;
    }
  }
}
