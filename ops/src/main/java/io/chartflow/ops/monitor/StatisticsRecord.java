package io.chartflow.ops.monitor;

import io.chartflow.connect.density.DensityStatus;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one window of the {@code densities} topic held, over all partitions. In its topic the key is
 * the window's start in decimal; {@link StatisticsJson} writes the value, whose names are the snake
 * case of these.
 *
 * @param windowStart start of the window, milliseconds since the epoch
 * @param windowEnd end of the window; belongs to the next
 * @param complete whether the window is closed; in the topic always true
 * @param events density records, whatever their status
 * @param lastEventTime latest event time among them
 * @param statuses records by status; every status is there
 * @param logDensity the finite log-densities; null if there was none
 * @param pValues shares of small p-values; null if no record carried a p-value
 * @param charts mass per chart, by number, without charts that covered no event
 * @param atlas the newest version that scored in the window; null if none did
 * @param inSampleShare share of scored records that their version had already seen; null if none
 *     told
 * @param anomalies records told as anomalies; null if no record told whether it is one, and in a
 *     window of a monitor that did not count them
 * @param guarded records whose p-value was below the guard's level; null as {@code anomalies}
 * @param incomplete records of events that lacked a field; null from a monitor that did not count
 *     them
 */
public record StatisticsRecord(
    long windowStart,
    long windowEnd,
    boolean complete,
    long events,
    long lastEventTime,
    Map<DensityStatus, Long> statuses,
    @Nullable LogDensity logDensity,
    @Nullable PValues pValues,
    List<ChartMass> charts,
    @Nullable AtlasAge atlas,
    @Nullable Double inSampleShare,
    @Nullable Long anomalies,
    @Nullable Long guarded,
    @Nullable Long incomplete) {

  /** Copies the collections, and fills in statuses that did not occur. */
  public StatisticsRecord {
    Map<DensityStatus, Long> all = new EnumMap<>(DensityStatus.class);
    for (DensityStatus status : DensityStatus.values()) {
      all.put(status, statuses.getOrDefault(status, 0L));
    }
    statuses = Collections.unmodifiableMap(all);
    charts = List.copyOf(charts);
  }

  /** Records of this status. */
  public long count(DensityStatus status) {
    return statuses.getOrDefault(status, 0L);
  }

  /** Anomalies as a share of the p-values; null where one of the two is not known. */
  public @Nullable Double anomalyShare() {
    return (anomalies == null || pValues == null) ? null : (double) anomalies / pValues.count();
  }

  /**
   * The distribution of the log-density, in nats. The rank of each quantile is right within {@code
   * rankError}, with 99 % confidence; a window of few values is exact.
   *
   * @param count finite log-densities
   * @param mean their mean: the window's prequential log-likelihood if no record is in sample
   * @param min the smallest, exactly
   * @param max the largest, exactly
   * @param q01 the quantile 0.01
   * @param q10 the quantile 0.1
   * @param q50 the median
   * @param q90 the quantile 0.9
   * @param q99 the quantile 0.99
   * @param rankError bound of the error of a quantile's rank
   */
  public record LogDensity(
      long count,
      double mean,
      double min,
      double max,
      double q01,
      double q10,
      double q50,
      double q90,
      double q99,
      double rankError) {}

  /**
   * How small the p-values were. Calibrated and without anomalies, the shares are the levels.
   *
   * @param count records that carried a p-value
   * @param below10 share below 0.1
   * @param below1 share below 0.01
   * @param below01 share below 0.001
   */
  public record PValues(long count, double below10, double below1, double below01) {}

  /**
   * The weight of one chart.
   *
   * @param chart its number, from 0
   * @param mass mean of the posterior over the scored records; over all charts the sum is 1
   */
  public record ChartMass(int chart, double mass) {}

  /**
   * The newest version that scored, and how far the stream has run ahead of it.
   *
   * @param version its number
   * @param events events it had seen
   * @param ageMillis the window's latest event time minus the latest event time that the version
   *     had learned from; null if it told none
   * @param ageEvents events it has scored, up to this window, without having seen them before;
   *     counts windows that the monitor saw
   */
  public record AtlasAge(
      long version, @Nullable Long events, @Nullable Long ageMillis, long ageEvents) {}
}
