package io.chartflow.ops.monitor;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.topic.KafkaClients;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topology, running. */
public final class MonitorStreams implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MonitorStreams.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

  private final KafkaStreams streams;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean failed;

  private MonitorStreams(KafkaStreams streams) {
    this.streams = streams;
  }

  /**
   * Starts the topology; returns before it has its partitions.
   *
   * @param stateDirectory where Kafka Streams keeps its lock; the state itself lies in memory
   * @param exactlyOnce whether over a crash every density record counts exactly once; else at least
   *     once, for brokers without transactions
   */
  public static MonitorStreams start(
      ChartflowConfig config,
      Path stateDirectory,
      boolean exactlyOnce,
      MonitorMetrics metrics,
      MonitorObserver observer) {
    KafkaStreams streams =
        new KafkaStreams(
            MonitorTopology.define(config, metrics, observer),
            properties(config, stateDirectory, exactlyOnce));
    MonitorStreams monitor = new MonitorStreams(streams);
    streams.setUncaughtExceptionHandler(
        failure -> {
          monitor.failed = true;
          LOG.error("the monitor stops; start it again and it goes on where it was", failure);
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    streams.setStateListener(
        (now, before) -> {
          LOG.info("monitor: {} -> {}", before, now);
          if (now == KafkaStreams.State.ERROR || now == KafkaStreams.State.NOT_RUNNING) {
            monitor.stopped.countDown();
          }
        });
    streams.start();
    return monitor;
  }

  /** State of the application, by Kafka Streams' names. */
  public String state() {
    return streams.state().name();
  }

  /** Whether it works or is about to. */
  public boolean healthy() {
    return streams.state() == KafkaStreams.State.CREATED
        || streams.state().isRunningOrRebalancing();
  }

  /** Waits until it stops; true if it failed. */
  public boolean awaitStopped() throws InterruptedException {
    stopped.await();
    return failed;
  }

  /** Leaves the group at once, so that the next monitor need not wait for this one's session. */
  @Override
  public void close() {
    boolean clean =
        streams.close(
            CloseOptions.timeout(CLOSE_TIMEOUT)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    if (!clean) {
      LOG.warn("monitor: not closed within {}", CLOSE_TIMEOUT);
    }
  }

  static Properties properties(ChartflowConfig config, Path stateDirectory, boolean exactlyOnce) {
    Properties properties = KafkaClients.adminProperties(config);
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, config.monitor().applicationId());
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
    properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, config.topics().replication());
    properties.put(
        StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
        exactlyOnce ? StreamsConfig.EXACTLY_ONCE_V2 : StreamsConfig.AT_LEAST_ONCE);
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 1000);
    // Densities become visible with the scorer's checkpoints: uncommitted ones must not count.
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.ISOLATION_LEVEL_CONFIG), "read_committed");
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    // A poll should bring something of every partition: with the defaults a backlog comes in turns
    // of
    // one partition each, and on a slow machine the others look idle meanwhile.
    properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 20_000);
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), 256 << 10);
    // Records in the monitor's own topics have event times, and a broker whose clock is behind ours
    // must not refuse them.
    properties.put(
        StreamsConfig.topicPrefix(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG),
        Long.toString(Long.MAX_VALUE));
    return properties;
  }
}
