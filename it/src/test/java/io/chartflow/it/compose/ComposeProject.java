package io.chartflow.it.compose;

import io.chartflow.it.kafka.Command;
import io.chartflow.it.kafka.Images;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code docker-compose.yml} as a project of its own name, on free ports. */
final class ComposeProject implements AutoCloseable {

  private static final String NAME = "chartflow-it";

  private final Path root;
  private final Map<String, String> variables;

  /** Nothing runs yet; missing images fail at once. */
  ComposeProject(Path root) {
    this.root = root;
    this.variables =
        Map.of(
            "KAFKA_IMAGE", Images.present(Images.kafka()),
            "FLINK_IMAGE", Images.present(Images.flink()),
            "JRE_IMAGE", Images.present(Images.jre()),
            "PULL_POLICY", Images.pullPolicy(),
            "KAFKA_PORT", freePort(),
            "FLINK_PORT", freePort(),
            "MONITOR_PORT", freePort());
  }

  /** Starts everything; returns when the monitor is healthy, so both jobs were submitted. */
  void up() {
    Command.Result started = compose("up", "-d", "--wait", "--wait-timeout", "240", "monitor");
    if (started.status() != 0) {
      throw new IllegalStateException(
          "docker compose up: " + started.output() + compose("logs", "--tail", "60").output());
    }
  }

  /** Kafka as this process reaches it. */
  String bootstrapServers() {
    return "127.0.0.1:" + variables.get("KAFKA_PORT");
  }

  /** The monitor's port on the loopback address. */
  int monitorPort() {
    return Integer.parseInt(String.valueOf(variables.get("MONITOR_PORT")));
  }

  /** Flink's port on the loopback address. */
  int flinkPort() {
    return Integer.parseInt(String.valueOf(variables.get("FLINK_PORT")));
  }

  /** The container of a service that has this address in the project's network. */
  String containerAt(String service, String address) {
    String form = "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}";
    return compose("ps", "-q", service)
        .orFail()
        .lines()
        .filter(
            id -> Command.run("docker", "inspect", "-f", form, id).orFail().strip().equals(address))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no " + service + " at " + address));
  }

  /** Ends a container at once, as a machine that dies would. */
  void kill(String container) {
    Command.run("docker", "kill", container).orFail();
  }

  /** Stops everything and forgets its volumes. */
  @Override
  public void close() {
    compose("down", "--volumes", "--timeout", "5").orFail();
  }

  private Command.Result compose(String... words) {
    List<String> command = new ArrayList<>(List.of("docker", "compose", "-p", NAME));
    command.addAll(List.of(words));
    return Command.run(root, variables, command);
  }

  private static String freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Integer.toString(socket.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on the loopback address", e);
    }
  }
}
