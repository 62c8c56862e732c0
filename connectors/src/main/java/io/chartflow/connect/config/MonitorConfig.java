package io.chartflow.connect.config;

import io.chartflow.model.config.Problems;
import java.time.Duration;

/**
 * The monitor.
 *
 * @param window length of its windows of event time
 * @param grace how late a density may come and still count
 * @param host address that its Prometheus endpoint listens at
 * @param port of that endpoint; 0 takes a free one
 * @param applicationId of its Kafka Streams application
 */
public record MonitorConfig(
    Duration window, Duration grace, String host, int port, String applicationId) {

  /** Windows of 10 s, 5 s of grace, {@code 127.0.0.1:9465}. */
  public static final MonitorConfig DEFAULTS =
      new MonitorConfig(
          Duration.ofSeconds(10), Duration.ofSeconds(5), "127.0.0.1", 9465, "chartflow-monitor");

  /**
   * @throws io.chartflow.model.config.ConfigException naming every broken rule
   */
  public MonitorConfig {
    Problems problems = new Problems("monitor");
    Durations.between(problems, "window", window, Duration.ofMillis(100), Duration.ofDays(7));
    Durations.between(problems, "grace", grace, Duration.ZERO, Duration.ofDays(7));
    problems.require(!host.isBlank(), "host", "a host name or address", Shown.of(host));
    problems.between("port", port, 0, 65_535);
    problems.require(
        applicationId.matches("[a-zA-Z0-9._-]{1,200}"),
        "applicationId",
        "1 to 200 letters, digits, dots, dashes and underscores",
        Shown.of(applicationId));
    problems.throwIfAny();
  }
}
