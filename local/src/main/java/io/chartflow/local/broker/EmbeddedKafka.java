package io.chartflow.local.broker;

import io.chartflow.local.TemporaryDirectory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Kafka node, broker and controller (KRaft), in this VM: on the loopback address, on free
 * ports, with its logs in a directory of its own that {@link #close} removes. It speaks the whole
 * protocol, transactions included.
 */
public final class EmbeddedKafka implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);

  /** Between choosing a free port and binding it somebody may take it: then others are chosen. */
  private static final int START_ATTEMPTS = 3;

  private final KafkaRaftServer server;
  private final TemporaryDirectory logs;
  private final String bootstrapServers;

  private EmbeddedKafka(KafkaRaftServer server, TemporaryDirectory logs, String bootstrapServers) {
    this.server = server;
    this.logs = logs;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Starts a broker and returns when it serves.
   *
   * @throws IllegalStateException if it does not come up
   */
  public static EmbeddedKafka start() {
    for (int attempt = 1; ; attempt++) {
      try {
        return startOnce();
      } catch (RuntimeException e) {
        if (attempt == START_ATTEMPTS) {
          throw new IllegalStateException("the embedded Kafka broker did not start", e);
        }
        LOG.warn("The embedded Kafka broker did not start, trying other ports", e);
      }
    }
  }

  private static EmbeddedKafka startOnce() {
    long began = System.nanoTime();
    TemporaryDirectory logs = new TemporaryDirectory("chartflow-kafka-");
    int[] ports = freePorts();
    Properties settings = BrokerSettings.of(logs.path(), ports[0], ports[1]);
    try {
      format(logs.path());
      KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM);
      try {
        server.startup();
      } catch (RuntimeException e) {
        server.shutdown();
        throw e;
      }
      LOG.debug("Kafka is up after {} ms", (System.nanoTime() - began) / 1_000_000);
      return new EmbeddedKafka(server, logs, "127.0.0.1:" + ports[0]);
    } catch (RuntimeException e) {
      logs.close();
      throw e;
    }
  }

  /** Where clients connect. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Where the logs lie while the broker lives. */
  public Path logDirectory() {
    return logs.path();
  }

  /** Stops the broker and removes its logs. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
    logs.close();
  }

  private static void format(Path directory) {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    try (PrintStream quiet = new PrintStream(told, true, StandardCharsets.UTF_8)) {
      new Formatter()
          .setPrintStream(quiet)
          .setNodeId(BrokerSettings.NODE_ID)
          .setClusterId(Uuid.randomUuid().toString())
          .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
          .setMetadataLogDirectory(directory.toString())
          .addDirectory(directory.toString())
          .run();
    } catch (Exception e) {
      throw new IllegalStateException(
          "cannot format the log directory "
              + directory
              + ": "
              + told.toString(StandardCharsets.UTF_8),
          e);
    }
  }

  private static int[] freePorts() {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket first = new ServerSocket(0, 1, loopback);
        ServerSocket second = new ServerSocket(0, 1, loopback)) {
      return new int[] {first.getLocalPort(), second.getLocalPort()};
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on the loopback address", e);
    }
  }
}
