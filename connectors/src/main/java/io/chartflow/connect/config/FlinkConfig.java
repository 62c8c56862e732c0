package io.chartflow.connect.config;

import io.chartflow.model.config.Problems;
import io.chartflow.model.engine.JvmEngine;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the jobs run.
 *
 * @param checkpointInterval time between checkpoints, and so the longest time until output is
 *     visible to readers of committed records. It must leave room before {@link
 *     #TRANSACTION_TIMEOUT}, else Kafka ends a transaction that Flink means to commit
 * @param checkpointDirectory URI of the checkpoints; null leaves it to the cluster
 * @param parallelism of the score job; the train job always has one learner
 * @param learnerThreads of the train job's one task, which learns the same bits with any number of
 *     them. The slot that it runs in should have as many cores
 */
public record FlinkConfig(
    Duration checkpointInterval,
    @Nullable String checkpointDirectory,
    int parallelism,
    int learnerThreads) {

  /** Timeout of every Kafka transaction: the largest that a broker accepts by default. */
  public static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(15);

  /**
   * A checkpoint every 5 seconds where the cluster keeps them, parallelism 1, one thread learns.
   */
  public static final FlinkConfig DEFAULTS = new FlinkConfig(Duration.ofSeconds(5), null, 1);

  /**
   * @throws io.chartflow.model.config.ConfigException naming every broken rule
   */
  public FlinkConfig {
    Problems problems = new Problems("flink");
    Durations.between(
        problems,
        "checkpointInterval",
        checkpointInterval,
        Duration.ofMillis(10),
        TRANSACTION_TIMEOUT.dividedBy(3));
    problems.require(
        checkpointDirectory == null || checkpointDirectory.matches("[a-zA-Z][a-zA-Z0-9+.-]*:/.+"),
        "checkpointDirectory",
        "a URI such as file:///var/chartflow",
        Shown.of(checkpointDirectory));
    problems.between("parallelism", parallelism, 1, 32_768);
    problems.between("learnerThreads", learnerThreads, 1, JvmEngine.MOST_WORKERS);
    problems.throwIfAny();
  }

  /** Jobs of which one thread learns. */
  public FlinkConfig(
      Duration checkpointInterval, @Nullable String checkpointDirectory, int parallelism) {
    this(checkpointInterval, checkpointDirectory, parallelism, 1);
  }

  /** The same with checkpoints elsewhere. */
  public FlinkConfig withCheckpointDirectory(String uri) {
    return new FlinkConfig(checkpointInterval, uri, parallelism, learnerThreads);
  }
}
