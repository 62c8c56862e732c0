package io.chartflow.connect.config;

import io.chartflow.model.config.Problems;
import java.io.Serializable;
import java.time.Duration;

/**
 * When the trainer publishes a version: when either bound is met, and at least one step was taken
 * since the version before.
 *
 * @param everyEvents events learned since the version before
 * @param every time since the version before
 * @param keep versions that stay in the atlas topic; older ones are deleted by tombstones
 */
public record PublishingConfig(long everyEvents, Duration every, int keep) implements Serializable {

  /** Every 50,000 events or 30 seconds; five versions stay. */
  public static final PublishingConfig DEFAULTS =
      new PublishingConfig(50_000, Duration.ofSeconds(30), 5);

  /**
   * @throws io.chartflow.model.config.ConfigException naming every broken rule
   */
  public PublishingConfig {
    Problems problems = new Problems("publishing");
    problems.between("everyEvents", everyEvents, 1, Long.MAX_VALUE);
    Durations.between(problems, "every", every, Duration.ofMillis(1), Duration.ofDays(365));
    problems.between("keep", keep, 1, 1000);
    problems.throwIfAny();
  }
}
