package io.chartflow.local.cli;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.config.FlinkConfig;
import io.chartflow.local.TemporaryDirectory;
import io.chartflow.local.cluster.LocalFlink;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;

/**
 * Runs one job in a Flink cluster in this process until Ctrl-C, which stops it with a savepoint so
 * that all output is committed and the next run can go on from there.
 */
final class AttachedJob {

  private static final long SAVEPOINT_SECONDS = 45;

  private AttachedJob() {}

  /** Submits a job to an environment. */
  @FunctionalInterface
  interface Submission {

    /** The running job. */
    JobClient submit(ChartflowConfig config, StreamExecutionEnvironment env) throws Exception;
  }

  /**
   * Runs a job.
   *
   * @param slots tasks that it needs
   * @param from savepoint or checkpoint to go on from, or null
   */
  static int run(
      ChartflowConfig file, int slots, int uiPort, @Nullable String from, Submission submission)
      throws Exception {
    CountDownLatch stop = new CountDownLatch(1);
    try (TemporaryDirectory scratch = new TemporaryDirectory("chartflow-checkpoints-");
        StopSignal signal = new StopSignal(stop::countDown);
        LocalFlink flink = LocalFlink.start(slots, uiPort)) {
      ChartflowConfig config = withCheckpoints(file, scratch);
      JobClient job = submission.submit(config, flink.environment(from));
      System.out.println("Running; Flink at " + flink.page() + "; Ctrl-C stops.");
      while (!stop.await(1, TimeUnit.SECONDS)) {
        JobStatus status = job.getJobStatus().get();
        if (status.isGloballyTerminalState()) {
          throw new IllegalStateException(
              "the job ended: " + flink.failure(job.getJobID()).orElse(status.toString()));
        }
      }
      stop(job, file, config);
      return ExitCode.OK;
    }
  }

  private static void stop(JobClient job, ChartflowConfig file, ChartflowConfig config)
      throws InterruptedException, ExecutionException {
    String directory = config.flink().checkpointDirectory() + "/savepoints";
    try {
      String savepoint =
          job.stopWithSavepoint(false, directory, SavepointFormatType.CANONICAL)
              .get(SAVEPOINT_SECONDS, TimeUnit.SECONDS);
      System.out.println(
          file.flink().checkpointDirectory() == null
              ? "Stopped. Its state is gone, since flink.checkpointDirectory is not set."
              : "Stopped. Go on with --from " + savepoint);
    } catch (TimeoutException e) {
      System.err.println(
          "chartflow: no savepoint within " + SAVEPOINT_SECONDS + " s; cancelling the job");
      job.cancel().get();
    }
  }

  /** Checkpoints in memory are bounded to 5 MB, which a model outgrows: then scratch files. */
  private static ChartflowConfig withCheckpoints(ChartflowConfig file, TemporaryDirectory scratch) {
    FlinkConfig flink = file.flink();
    return flink.checkpointDirectory() != null
        ? file
        : file.withFlink(
            flink.withCheckpointDirectory(scratch.path().toUri().toString().replaceAll("/$", "")));
  }
}
