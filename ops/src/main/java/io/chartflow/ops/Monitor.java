package io.chartflow.ops;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.density.DensityStatus;
import io.chartflow.connect.topic.Topics;
import io.chartflow.ops.http.MonitorServer;
import io.chartflow.ops.http.MonitorView;
import io.chartflow.ops.http.StatisticsLog;
import io.chartflow.ops.metrics.MonitorMeters;
import io.chartflow.ops.monitor.MonitorObserver;
import io.chartflow.ops.monitor.MonitorStreams;
import io.chartflow.ops.monitor.MonitorTopology;
import io.chartflow.ops.monitor.StatisticsRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running monitor: the stream application, its meters, its page. Several may share the work of
 * one {@code monitor.applicationId}; the page and the window gauges are then where the merging
 * runs.
 */
public final class Monitor implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Monitor.class);

  private final MonitorStreams streams;
  private final MonitorServer server;
  private final MonitorMeters meters;

  private Monitor(MonitorStreams streams, MonitorServer server, MonitorMeters meters) {
    this.streams = streams;
    this.server = server;
    this.meters = meters;
  }

  /** Starts a monitor, exactly once, that nobody else watches. */
  public static Monitor start(ChartflowConfig config, Path stateDirectory) throws IOException {
    return start(config, stateDirectory, true, window -> {});
  }

  /**
   * Creates missing topics, starts the application and listens at {@code monitor.port}.
   *
   * @param stateDirectory a directory of this monitor's own; may be empty at every start
   * @param exactlyOnce {@code exactly_once_v2}, else at least once
   * @param observer sees every window as it grows, from the monitor's threads
   * @throws IOException if the address cannot be had
   */
  public static Monitor start(
      ChartflowConfig config, Path stateDirectory, boolean exactlyOnce, MonitorObserver observer)
      throws IOException {
    Topics.ensure(config);
    MonitorMeters meters = new MonitorMeters();
    StatisticsLog log = new StatisticsLog(MonitorTopology.REMEMBERED);
    MonitorStreams streams =
        MonitorStreams.start(
            config,
            stateDirectory,
            exactlyOnce,
            meters,
            window -> {
              log.window(window);
              observer.window(window);
            });
    try {
      MonitorServer server =
          MonitorServer.start(
              config.monitor().host(),
              config.monitor().port(),
              new View(config, streams, meters, log));
      LOG.info("monitor: page at http://{}:{}/", config.monitor().host(), server.port());
      return new Monitor(streams, server, meters);
    } catch (IOException e) {
      streams.close();
      meters.close();
      throw e;
    }
  }

  /** The port that the page and the metrics are at. */
  public int port() {
    return server.port();
  }

  /** State of the stream application, {@code RUNNING} when all is well. */
  public String state() {
    return streams.state();
  }

  /** The meters in Prometheus' text format. */
  public String scrape() {
    return meters.scrape();
  }

  /** Waits until the stream application stops; true if it failed. */
  public boolean awaitStopped() throws InterruptedException {
    return streams.awaitStopped();
  }

  @Override
  public void close() {
    server.close();
    streams.close();
    meters.close();
  }

  /** What the server shows of a monitor. */
  private record View(
      ChartflowConfig config, MonitorStreams streams, MonitorMeters meters, StatisticsLog log)
      implements MonitorView {

    @Override
    public String scrape() {
      return meters.scrape();
    }

    @Override
    public String state() {
      return streams.state();
    }

    @Override
    public boolean healthy() {
      return streams.healthy();
    }

    @Override
    public List<StatisticsRecord> windows(int limit) {
      return log.latest(limit);
    }

    @Override
    public Map<DensityStatus, Long> read() {
      return meters.read();
    }

    @Override
    public long unreadable() {
      return meters.unreadableCount();
    }

    @Override
    public long late() {
      return meters.lateCount();
    }

    @Override
    public double alarmRate() {
      return config.scoring().alarmRate();
    }

    @Override
    public double guardLevel() {
      return config.model().adaptation().guard();
    }

    @Override
    public String densitiesTopic() {
      return config.topics().densities();
    }

    @Override
    public String deadLettersTopic() {
      return config.topics().deadLetters();
    }
  }
}
