package io.chartflow.bench.pipeline;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.meter.MeterNames;
import io.chartflow.connect.topic.KafkaClients;
import io.chartflow.jobs.score.ScoreJob;
import io.chartflow.jobs.train.TrainJob;
import io.chartflow.local.cluster.LocalFlink;
import io.chartflow.local.cluster.LocalFlink.FinishedCheckpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The jobs of one measurement, which are cancelled at its end if they still run. */
final class Jobs implements AutoCloseable {

  /** Asking for failures takes the cluster's time, so it is done seldom. */
  private static final long CHECK_NANOS = 250_000_000;

  private final LocalFlink flink;
  private final ChartflowConfig config;
  private final List<JobClient> running = new ArrayList<>();

  Jobs(LocalFlink flink, ChartflowConfig config) {
    this.flink = flink;
    this.config = config;
  }

  /** Lets a score job that is submitted anew leave out the first events, whole rounds of them. */
  void beginScoringAt(long event) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    int partitions = config.topics().partitions();
    for (int p = 0; p < partitions; p++) {
      TopicPartition partition = new TopicPartition(config.topics().events(), p);
      offsets.put(partition, new OffsetAndMetadata(event / partitions));
    }
    try (Admin admin = Admin.create(KafkaClients.adminProperties(config))) {
      admin.alterConsumerGroupOffsets(ScoreJob.group(config), offsets).all().get();
    } catch (Exception e) {
      throw new IllegalStateException("where scoring begins could not be told to Kafka", e);
    }
  }

  /** Events that the running score job is done with. */
  long scored() {
    return flink.count(MeterNames.SCORER_EVENTS);
  }

  /** Events that the running train job is done with. */
  long learned() {
    return flink.count(MeterNames.TRAINER_EVENTS);
  }

  /** Submits the score job, from a savepoint or anew. */
  JobClient score(@Nullable String from) {
    return submit(() -> ScoreJob.run(config, flink.environment(from)));
  }

  /** Submits the train job. */
  JobClient train() {
    return submit(() -> TrainJob.run(config, flink.environment()));
  }

  /** Stops a job; where its savepoint is. */
  String stop(JobClient job) {
    running.remove(job);
    String folder = config.flink().checkpointDirectory() + "/savepoints";
    try {
      return job.stopWithSavepoint(false, folder, SavepointFormatType.CANONICAL).get();
    } catch (Exception e) {
      throw new IllegalStateException("the job did not stop with a savepoint", e);
    }
  }

  /** The checkpoints that a job has finished. */
  List<FinishedCheckpoint> checkpoints(JobClient job) {
    return flink.checkpoints(job.getJobID());
  }

  /**
   * Returns when {@code done}; see {@link Wait#until}.
   *
   * @throws IllegalStateException if a job has failed, with its failure
   */
  void await(BooleanSupplier done, Supplier<String> what) {
    long[] due = {System.nanoTime()};
    Wait.until(
        () -> {
          long now = System.nanoTime();
          if (now >= due[0]) {
            check();
            due[0] = now + CHECK_NANOS;
          }
          return done.getAsBoolean();
        },
        what);
  }

  private void check() {
    for (JobClient each : running) {
      flink
          .failure(each.getJobID())
          .ifPresent(
              why -> {
                throw new IllegalStateException("a job failed: " + why);
              });
    }
  }

  /** Submits a job that is of this measurement. */
  JobClient submit(Submission submission) {
    try {
      JobClient job = submission.submit();
      running.add(job);
      return job;
    } catch (Exception e) {
      throw new IllegalStateException("a job could not be submitted", e);
    }
  }

  @Override
  public void close() {
    for (JobClient each : running) {
      try {
        if (!isOver(each)) {
          each.cancel().get();
        }
        Wait.until(() -> isOver(each), () -> "a job to be cancelled");
      } catch (Exception e) {
        throw new IllegalStateException("a job could not be cancelled", e);
      }
    }
  }

  private static boolean isOver(JobClient job) {
    try {
      return job.getJobStatus().get().isGloballyTerminalState();
    } catch (Exception e) {
      throw new IllegalStateException("the state of a job is not known", e);
    }
  }

  /** Submits a job. */
  @FunctionalInterface
  interface Submission {

    /** The job that was submitted. */
    JobClient submit() throws Exception;
  }
}
