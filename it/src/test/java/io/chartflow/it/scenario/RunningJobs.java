package io.chartflow.it.scenario;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.jobs.score.ScoreJob;
import io.chartflow.jobs.train.TrainJob;
import io.chartflow.local.cluster.LocalFlink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink cluster in this process with jobs on it, that can be killed and started again. */
final class RunningJobs implements AutoCloseable {

  /** Which of the two jobs, started by its own {@code run}. */
  enum Job {
    TRAIN,
    SCORE;

    JobClient run(ChartflowConfig config, StreamExecutionEnvironment env) throws Exception {
      return this == TRAIN ? TrainJob.run(config, env) : ScoreJob.run(config, env);
    }
  }

  private record Running(Job job, ChartflowConfig config, JobClient client) {}

  private static final int SLOTS = 6;

  private final LocalFlink flink = LocalFlink.start(SLOTS, 0);
  private final List<Running> running = new ArrayList<>();
  private final Path checkpoints;

  /** An empty cluster; {@code checkpoints} is the folder that the jobs' configuration names. */
  RunningJobs(Path checkpoints) {
    this.checkpoints = checkpoints;
  }

  /** Starts a job from the beginning. */
  RunningJobs with(Job job, ChartflowConfig config) throws Exception {
    running.add(new Running(job, config, job.run(config, flink.environment())));
    return this;
  }

  /**
   * Stops the cluster under its jobs, which take no last checkpoint, and starts them on a new one,
   * each from the newest checkpoint it had.
   */
  RunningJobs killAndRestore() throws Exception {
    flink.close();
    RunningJobs restored = new RunningJobs(checkpoints);
    for (Running one : running) {
      Path newest =
          newestCheckpoint(one.client().getJobID())
              .orElseThrow(() -> new IllegalStateException(one.job() + " has no checkpoint yet"));
      StreamExecutionEnvironment env = restored.flink.environment();
      Configuration from = new Configuration();
      from.set(StateRecoveryOptions.SAVEPOINT_PATH, newest.toUri().toString());
      env.configure(from);
      restored.running.add(new Running(one.job(), one.config(), one.job().run(one.config(), env)));
    }
    return restored;
  }

  /** Whether every job runs and none of them ever failed over. */
  boolean runWithoutRestart() throws Exception {
    for (Running one : running) {
      if (one.client().getJobStatus().get() != JobStatus.RUNNING || !neverRestarted(one.client())) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    flink.close();
  }

  private Optional<Path> newestCheckpoint(JobID job) {
    Path folder = checkpoints.resolve(job.toHexString());
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> found = Files.list(folder)) {
      return found
          .filter(path -> Files.exists(path.resolve("_metadata")))
          .max(Comparator.comparingInt(RunningJobs::number));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }

  private static int number(Path checkpoint) {
    return Integer.parseInt(checkpoint.getFileName().toString().replace("chk-", ""));
  }

  /** The cluster tells for every state of a job when it was last entered; 0 is never. */
  private boolean neverRestarted(JobClient client) throws Exception {
    URI job = flink.page().resolve("/jobs/" + client.getJobID());
    String answer =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(job).build(), BodyHandlers.ofString())
            .body();
    return answer.matches("(?s).*\"RESTARTING\"\\s*:\\s*0\\D.*");
  }
}
