package io.chartflow.connect.config;

import io.chartflow.model.config.Problems;
import io.chartflow.model.engine.DensitySum;
import java.io.Serializable;
import java.time.Duration;

/**
 * How events are scored.
 *
 * @param sum which sum over charts is reported
 * @param batch events of a full micro-batch
 * @param delay longest wait of an event for its micro-batch to fill
 * @param warmupEvents versions that have seen fewer events than this score as {@code WARMUP}
 * @param alarmRate share of ordinary events that are told as anomalies: an event is one where its
 *     p-value is at most this; 0 tells none
 * @param attributionBelow events with a p-value of at most this are told what each feature adds to
 *     their surprisal; 0 for none, 1 for all
 * @param delivery of densities and dead letters; versions of the atlas always come exactly once
 */
public record ScoringConfig(
    DensitySum sum,
    int batch,
    Duration delay,
    long warmupEvents,
    double alarmRate,
    double attributionBelow,
    Delivery delivery)
    implements Serializable {

  /** Truncated, 256 events or 5 ms, warm after 100,000 events, one false alarm in a thousand. */
  public static final ScoringConfig DEFAULTS =
      new ScoringConfig(
          DensitySum.TRUNCATED,
          256,
          Duration.ofMillis(5),
          100_000,
          1e-3,
          0.0,
          Delivery.EXACTLY_ONCE);

  /**
   * @throws io.chartflow.model.config.ConfigException naming every broken rule
   */
  public ScoringConfig {
    Problems problems = new Problems("scoring");
    problems.between("batch", batch, 1, 1 << 16);
    Durations.between(problems, "delay", delay, Duration.ofMillis(1), Duration.ofMinutes(1));
    problems.between("warmupEvents", warmupEvents, 0, Long.MAX_VALUE);
    problems.between("alarmRate", alarmRate, 0.0, 0.5);
    problems.between("attributionBelow", attributionBelow, 0.0, 1.0);
    problems.throwIfAny();
  }

  /** Scoring with the usual alarms and no attribution, written exactly once. */
  public ScoringConfig(DensitySum sum, int batch, Duration delay, long warmupEvents) {
    this(sum, batch, delay, warmupEvents, DEFAULTS.alarmRate, DEFAULTS.attributionBelow);
  }

  /** Scoring that is written exactly once. */
  public ScoringConfig(
      DensitySum sum,
      int batch,
      Duration delay,
      long warmupEvents,
      double alarmRate,
      double attributionBelow) {
    this(sum, batch, delay, warmupEvents, alarmRate, attributionBelow, DEFAULTS.delivery());
  }

  /** This scoring with another delivery. */
  public ScoringConfig withDelivery(Delivery other) {
    return new ScoringConfig(sum, batch, delay, warmupEvents, alarmRate, attributionBelow, other);
  }
}
