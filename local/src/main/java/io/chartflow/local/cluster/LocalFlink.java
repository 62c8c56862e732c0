package io.chartflow.local.cluster;

import io.chartflow.connect.meter.Meter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.program.MiniClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.NettyShuffleEnvironmentOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One JobManager and one TaskManager in this VM. {@link #environment()} gives environments whose
 * {@code executeAsync} submits here, so that a job is started by its own {@code run} method, as on
 * any cluster.
 */
public final class LocalFlink implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LocalFlink.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The jobs keep their state on the heap and exchange small records: little of either is used. */
  private static final MemorySize NETWORK = MemorySize.ofMebiBytes(32);

  private static final MemorySize MANAGED = MemorySize.ofMebiBytes(8);

  private final String name;
  private final MiniCluster cluster;
  private final MiniClusterClient client;
  private final URI page;

  private LocalFlink(String name, MiniCluster cluster, MiniClusterClient client, URI page) {
    this.name = name;
    this.cluster = cluster;
    this.client = client;
    this.page = page;
  }

  /**
   * Starts a cluster and returns when jobs can be submitted.
   *
   * @param slots tasks that fit at once: the sum of the jobs' parallelisms
   * @param uiPort of the web page on the loopback address; 0 for a free one
   * @throws IllegalStateException if it does not come up, for example since the port is taken
   */
  public static LocalFlink start(int slots, int uiPort) {
    String name = UUID.randomUUID().toString();
    Configuration configuration = configuration(name, uiPort);
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .setCommonBindAddress("127.0.0.1")
                .build());
    try {
      cluster.start();
      URI page = cluster.getRestAddress().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return new LocalFlink(name, cluster, new MiniClusterClient(configuration, cluster), page);
    } catch (Exception e) {
      closeQuietly(cluster);
      throw new IllegalStateException(
          "the Flink cluster in this process did not start"
              + (uiPort == 0 ? "" : "; is port " + uiPort + " of its page in use?"),
          e);
    }
  }

  /** A fresh environment; what it executes runs on this cluster. */
  public StreamExecutionEnvironment environment() {
    return environment(null);
  }

  /**
   * A fresh environment whose job goes on where another stopped.
   *
   * @param from URI of a savepoint or checkpoint, or null to begin anew
   */
  public StreamExecutionEnvironment environment(@Nullable String from) {
    Configuration configuration = new Configuration();
    configuration.set(DeploymentOptions.TARGET, LocalExecutor.NAME);
    if (from != null) {
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, from);
    }
    return new StreamExecutionEnvironment(
        new LocalExecutor(client), configuration, LocalFlink.class.getClassLoader());
  }

  /**
   * Why a job failed, or why it last restarted.
   *
   * @return the root of the failure, or empty for a job that never failed
   */
  public Optional<String> failure(JobID job) {
    try {
      AccessExecutionGraph graph =
          cluster.getExecutionGraph(job).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      ErrorInfo info = graph.getFailureInfo();
      return info == null
          ? Optional.empty()
          : Optional.of(graph.getState() + ": " + root(info.getExceptionAsString()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException | TimeoutException e) {
      return Optional.of("the state of job " + job + " is not known: " + e.getMessage());
    }
  }

  /** The checkpoints that a job has finished, as many as Flink remembers, newest first. */
  public List<FinishedCheckpoint> checkpoints(JobID job) {
    try {
      CheckpointStatsSnapshot stats =
          cluster
              .getExecutionGraph(job)
              .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
              .getCheckpointStatsSnapshot();
      return stats == null
          ? List.of()
          : stats.getHistory().getCheckpoints().stream()
              .filter(CompletedCheckpointStats.class::isInstance)
              .map(each -> new FinishedCheckpoint(each.getEndToEndDuration(), each.getStateSize()))
              .toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the checkpoints of job " + job + " are not known", e);
    }
  }

  /**
   * A checkpoint.
   *
   * @param millis from its trigger until all parts were kept
   * @param bytes of state, over all tasks
   */
  public record FinishedCheckpoint(long millis, long bytes) {}

  /** The line of the innermost cause in a stack trace. */
  private static String root(String trace) {
    String found = "";
    for (String line : trace.lines().toList()) {
      if (found.isEmpty() || line.startsWith("Caused by: ")) {
        found = line;
      }
    }
    return found;
  }

  /** What the running tasks have counted, over all of them and all values of the meter's tags. */
  public long count(Meter meter) {
    return LocalMeters.of(name).sum(meter);
  }

  /** What a gauge of the newest task that has it shows, NaN if none has. */
  public double value(Meter meter) {
    return LocalMeters.of(name).value(meter);
  }

  /** Address of the cluster's web page. */
  public URI page() {
    return page;
  }

  /** Cancels what still runs and stops the cluster. */
  @Override
  public void close() {
    client.close();
    closeQuietly(cluster);
    LocalMeters.forget(name);
  }

  private static Configuration configuration(String name, int uiPort) {
    Configuration c = new Configuration();
    c.set(RestOptions.BIND_PORT, Integer.toString(uiPort));
    c.set(RestOptions.PORT, uiPort);
    c.set(RestOptions.ADDRESS, "127.0.0.1");
    c.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    c.set(TaskManagerOptions.NETWORK_MEMORY_MIN, NETWORK);
    c.set(TaskManagerOptions.NETWORK_MEMORY_MAX, NETWORK);
    c.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MANAGED);
    c.set(NettyShuffleEnvironmentOptions.NETWORK_SORT_SHUFFLE_MIN_BUFFERS, 16);
    String reporter = "metrics.reporter.local.";
    c.setString(reporter + "factory.class", LocalMeters.Factory.class.getName());
    c.setString(reporter + LocalMeters.CLUSTER, name);
    return c;
  }

  private static void closeQuietly(MiniCluster cluster) {
    try {
      cluster.closeAsync().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.warn("The Flink cluster did not stop cleanly: {}", e.toString());
    }
  }
}
