package io.chartflow.connect.density;

import io.chartflow.model.engine.DensitySum;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The record of one event in the {@code densities} topic; its Kafka key is the event's key, its
 * Kafka timestamp the event time. JSON names are the snake case of these. All but the first five
 * are null under {@link DensityStatus#NO_ATLAS}.
 *
 * @param topic source topic
 * @param partition source partition
 * @param offset source offset
 * @param eventTime milliseconds since the epoch
 * @param status what became of the event
 * @param logDensity in nats, units of the input
 * @param densitySum which sum over charts {@code logDensity} is
 * @param surprisal {@code −logDensity}: larger is rarer
 * @param pValue against the calibrator of the atlas, by the event's {@code TRUNCATED} density
 *     whatever {@code densitySum} is; null until there is one
 * @param anomaly whether the p-value is at most the configured rate of false alarms; null without a
 *     p-value or where no rate is configured
 * @param guarded whether the p-value is below the guard's level, so that such an event should not
 *     teach: the scorer's view, the trainer judges for itself; null without a p-value or a guard,
 *     while the version's p-values are of too few events to guard by, or where a field was missing
 * @param chart most probable chart
 * @param posterior {@code p(k|x)} over the charts that cover the event, by chart
 * @param offManifoldDistance distance from the surface; 0 when charts have the events' dimension
 * @param attribution what each feature adds to the surprisal, in the schema's order; null where it
 *     was not asked for
 * @param attributionError what the sum of {@code attribution} lacks of the surprisal, as the
 *     integral left it; 0 where it is exact
 * @param imputed fields that were missing and that the chart's mean stands in for; null if none
 * @param marginalised fields that the density leaves out; null if none
 * @param atlasVersion version that scored
 * @param atlasConfigHash configuration of that version
 * @param atlasEvents events that version had seen
 * @param atlasEventTime latest event time that version had learned from; null if it told none
 * @param inSample whether that version had already seen this very event; it need not have learned
 *     from it. False where a field was missing
 */
public record DensityRecord(
    String topic,
    int partition,
    long offset,
    long eventTime,
    DensityStatus status,
    @Nullable Double logDensity,
    @Nullable DensitySum densitySum,
    @Nullable Double surprisal,
    @Nullable Double pValue,
    @Nullable Boolean anomaly,
    @Nullable Boolean guarded,
    @Nullable Integer chart,
    @Nullable List<ChartProbability> posterior,
    @Nullable Float offManifoldDistance,
    @Nullable List<Contribution> attribution,
    @Nullable Double attributionError,
    @Nullable List<String> imputed,
    @Nullable List<String> marginalised,
    @Nullable Long atlasVersion,
    @Nullable String atlasConfigHash,
    @Nullable Long atlasEvents,
    @Nullable Long atlasEventTime,
    @Nullable Boolean inSample) {

  /** Copies the lists. */
  public DensityRecord {
    posterior = posterior == null ? null : List.copyOf(posterior);
    attribution = attribution == null ? null : List.copyOf(attribution);
    imputed = imputed == null ? null : List.copyOf(imputed);
    marginalised = marginalised == null ? null : List.copyOf(marginalised);
  }

  /** The record of an event that had every field, without an attribution. */
  public DensityRecord(
      String topic,
      int partition,
      long offset,
      long eventTime,
      DensityStatus status,
      @Nullable Double logDensity,
      @Nullable DensitySum densitySum,
      @Nullable Double surprisal,
      @Nullable Double pValue,
      @Nullable Boolean anomaly,
      @Nullable Boolean guarded,
      @Nullable Integer chart,
      @Nullable List<ChartProbability> posterior,
      @Nullable Float offManifoldDistance,
      @Nullable Long atlasVersion,
      @Nullable String atlasConfigHash,
      @Nullable Long atlasEvents,
      @Nullable Long atlasEventTime,
      @Nullable Boolean inSample) {
    this(
        topic,
        partition,
        offset,
        eventTime,
        status,
        logDensity,
        densitySum,
        surprisal,
        pValue,
        anomaly,
        guarded,
        chart,
        posterior,
        offManifoldDistance,
        null,
        null,
        null,
        null,
        atlasVersion,
        atlasConfigHash,
        atlasEvents,
        atlasEventTime,
        inSample);
  }

  /** This record with an attribution and its error. */
  public DensityRecord withAttribution(List<Contribution> contributions, double error) {
    return new DensityRecord(
        topic,
        partition,
        offset,
        eventTime,
        status,
        logDensity,
        densitySum,
        surprisal,
        pValue,
        anomaly,
        guarded,
        chart,
        posterior,
        offManifoldDistance,
        contributions,
        error,
        imputed,
        marginalised,
        atlasVersion,
        atlasConfigHash,
        atlasEvents,
        atlasEventTime,
        inSample);
  }

  /** The record of an event that met no atlas. */
  public static DensityRecord noAtlas(String topic, int partition, long offset, long eventTime) {
    return new DensityRecord(
        topic,
        partition,
        offset,
        eventTime,
        DensityStatus.NO_ATLAS,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /**
   * One entry of a posterior.
   *
   * @param chart number of the chart, from 0
   * @param probability {@code p(k|x)}
   */
  public record ChartProbability(int chart, float probability) {}

  /**
   * One entry of an attribution.
   *
   * @param feature name in the schema
   * @param nats what it adds to the surprisal; above 0 makes the event rarer
   */
  public record Contribution(String feature, double nats) {}
}
