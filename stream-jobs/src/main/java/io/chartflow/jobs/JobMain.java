package io.chartflow.jobs;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.config.ConfigReader;
import io.chartflow.model.config.ConfigException;
import java.util.concurrent.ExecutionException;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.LocalStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What both {@code main} methods do: read the command line and the configuration, submit, and wait
 * where the submission is attached.
 *
 * <p>In a VM of its own the exit status is {@link #MISUSED} for a mistake of the command line or
 * the configuration and {@link #FAILED} for a job that failed. Under {@code flink run} the
 * exception is thrown instead: the VM may be the JobManager's, which is not ours to end.
 */
public final class JobMain {

  /** Exit status of a job that could not be submitted or failed. */
  public static final int FAILED = 1;

  /** Exit status of a mistake in the command line or the configuration. */
  public static final int MISUSED = 2;

  private static final Logger LOGGER = LoggerFactory.getLogger(JobMain.class);

  private JobMain() {}

  /** Submits a job. */
  @FunctionalInterface
  public interface Submission {

    /** The job that was submitted. */
    JobClient submit(JobArguments arguments, ChartflowConfig config, StreamExecutionEnvironment env)
        throws Exception;
  }

  /** The body of a {@code main} method. */
  public static void main(String usage, String[] args, Submission submission) {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    try {
      run(usage, args, env, submission);
    } catch (JobFailure failure) {
      System.err.println(failure.getMessage());
      if (!(env instanceof LocalStreamEnvironment)) {
        throw failure;
      }
      LOGGER.debug("Exit with status {}", failure.status(), failure);
      System.exit(failure.status());
    }
  }

  static void run(
      String usage, String[] args, StreamExecutionEnvironment env, Submission submission) {
    JobArguments arguments;
    ChartflowConfig config;
    try {
      arguments = JobArguments.parse(usage, args);
      config = ConfigReader.read(arguments.config());
    } catch (IllegalArgumentException e) {
      throw new JobFailure(MISUSED, rootMessage(e), e);
    }
    try {
      JobClient client = submission.submit(arguments, config, env);
      if (env.getConfiguration().get(DeploymentOptions.ATTACHED)) {
        client.getJobExecutionResult().get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JobFailure(FAILED, "interrupted while the job ran", e);
    } catch (ExecutionException e) {
      throw new JobFailure(FAILED, "the job failed: " + rootMessage(e), e);
    } catch (ConfigException e) {
      throw new JobFailure(MISUSED, rootMessage(e), e);
    } catch (Exception e) {
      throw new JobFailure(FAILED, "the job could not be submitted: " + rootMessage(e), e);
    }
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }

  /** A job that did not come to a good end, with the exit status that says so. */
  static final class JobFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    JobFailure(int status, String message, Throwable cause) {
      super(message, cause);
      this.status = status;
    }

    int status() {
      return status;
    }
  }
}
