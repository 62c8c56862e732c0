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
 */
public record ScoringConfig(DensitySum sum, int batch, Duration delay, long warmupEvents)
    implements Serializable {

  /** Truncated, 256 events or 20 ms, warm after 100,000 events. */
  public static final ScoringConfig DEFAULTS =
      new ScoringConfig(DensitySum.TRUNCATED, 256, Duration.ofMillis(20), 100_000);

  /**
   * @throws io.chartflow.model.config.ConfigException naming every broken rule
   */
  public ScoringConfig {
    Problems problems = new Problems("scoring");
    problems.between("batch", batch, 1, 1 << 16);
    Durations.between(problems, "delay", delay, Duration.ofMillis(1), Duration.ofMinutes(1));
    problems.between("warmupEvents", warmupEvents, 0, Long.MAX_VALUE);
    problems.throwIfAny();
  }
}
