package io.chartflow.jobs;

import io.chartflow.connect.config.FlinkConfig;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How both jobs take checkpoints, come back after a failure, and refuse what would lose state. The
 * one place of these constants.
 */
public final class CheckpointSetup {

  /** A checkpoint that takes longer is given up; well below the timeout of Kafka's transactions. */
  public static final Duration CHECKPOINT_TIMEOUT = Duration.ofMinutes(5);

  /** Checkpoints that may fail in a row before the job restarts. */
  public static final int TOLERABLE_FAILURES = 3;

  /** Wait before the first restart; it doubles with each further one. */
  public static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);

  /** Longest wait before a restart. There is no last attempt: a broken Kafka comes back one day. */
  public static final Duration LONGEST_BACKOFF = Duration.ofMinutes(1);

  /** A job that ran this long begins again with {@link #FIRST_BACKOFF}. */
  public static final Duration BACKOFF_RESET = Duration.ofMinutes(10);

  private static final double BACKOFF_MULTIPLIER = 2.0;
  private static final double BACKOFF_JITTER = 0.1;

  private static final Logger LOGGER = LoggerFactory.getLogger(CheckpointSetup.class);

  private CheckpointSetup() {}

  /** Prepares the environment of a job. */
  public static void apply(StreamExecutionEnvironment env, FlinkConfig flink) {
    Configuration settings = new Configuration();
    checkpoints(settings, flink);
    restarts(settings);
    // Nothing falls to Kryo, and state is found again by names that we gave.
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    // Records between operators are never changed, so chained operators may share them.
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    env.configure(settings);
    if (flink.checkpointDirectory() == null) {
      LOGGER.warn(
          "flink.checkpointDirectory is not set: unless the cluster names a directory,"
              + " checkpoints stay in the JobManager's memory, do not outlive it, and fail for"
              + " states above 5 MB");
    }
  }

  private static void checkpoints(Configuration settings, FlinkConfig flink) {
    settings.set(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, flink.checkpointInterval());
    settings.set(
        CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS,
        flink.checkpointInterval().dividedBy(2));
    settings.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, CHECKPOINT_TIMEOUT);
    settings.set(CheckpointingOptions.MAX_CONCURRENT_CHECKPOINTS, 1);
    settings.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, TOLERABLE_FAILURES);
    settings.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    // Aligned: no events wait in channels, so there is nothing that a barrier could overtake.
    settings.set(CheckpointingOptions.ENABLE_UNALIGNED, false);
    if (flink.checkpointDirectory() != null) {
      settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
      settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, flink.checkpointDirectory());
    }
  }

  private static void restarts(Configuration settings) {
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY,
        RestartStrategyOptions.RestartStrategyType.EXPONENTIAL_DELAY.getMainValue());
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF, FIRST_BACKOFF);
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, LONGEST_BACKOFF);
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_BACKOFF_MULTIPLIER,
        BACKOFF_MULTIPLIER);
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_JITTER_FACTOR, BACKOFF_JITTER);
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD,
        BACKOFF_RESET);
  }
}
