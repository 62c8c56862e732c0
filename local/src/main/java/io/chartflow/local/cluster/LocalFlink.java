package io.chartflow.local.cluster;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.client.program.MiniClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.NettyShuffleEnvironmentOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
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

  private final MiniCluster cluster;
  private final MiniClusterClient client;
  private final URI page;

  private LocalFlink(MiniCluster cluster, MiniClusterClient client, URI page) {
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
    Configuration configuration = configuration(uiPort);
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
      return new LocalFlink(cluster, new MiniClusterClient(configuration, cluster), page);
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
    Configuration configuration = new Configuration();
    configuration.set(DeploymentOptions.TARGET, LocalExecutor.NAME);
    return new StreamExecutionEnvironment(
        new LocalExecutor(client), configuration, LocalFlink.class.getClassLoader());
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
  }

  private static Configuration configuration(int uiPort) {
    Configuration c = new Configuration();
    c.set(RestOptions.BIND_PORT, Integer.toString(uiPort));
    c.set(RestOptions.PORT, uiPort);
    c.set(RestOptions.ADDRESS, "127.0.0.1");
    c.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    c.set(TaskManagerOptions.NETWORK_MEMORY_MIN, NETWORK);
    c.set(TaskManagerOptions.NETWORK_MEMORY_MAX, NETWORK);
    c.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MANAGED);
    c.set(NettyShuffleEnvironmentOptions.NETWORK_SORT_SHUFFLE_MIN_BUFFERS, 16);
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
