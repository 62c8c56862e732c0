package io.chartflow.local.broker;

import java.nio.file.Path;
import java.util.Properties;

/** The broker's configuration: one node that is broker and controller, small and quick. */
final class BrokerSettings {

  static final int NODE_ID = 1;
  static final String CONTROLLER_LISTENER = "CONTROLLER";

  /**
   * Largest record of any topic that does not say otherwise: a dead letter carries its original.
   */
  static final int MAX_MESSAGE_BYTES = 16 << 20;

  private BrokerSettings() {}

  static Properties of(Path logDirectory, int brokerPort, int controllerPort) {
    String host = "127.0.0.1";
    Properties p = new Properties();
    p.setProperty("process.roles", "broker,controller");
    p.setProperty("node.id", Integer.toString(NODE_ID));
    p.setProperty("controller.quorum.voters", NODE_ID + "@" + host + ":" + controllerPort);
    p.setProperty("controller.listener.names", CONTROLLER_LISTENER);
    p.setProperty(
        "listeners",
        "PLAINTEXT://" + host + ":" + brokerPort + ",CONTROLLER://" + host + ":" + controllerPort);
    p.setProperty("advertised.listeners", "PLAINTEXT://" + host + ":" + brokerPort);
    p.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    p.setProperty("inter.broker.listener.name", "PLAINTEXT");
    p.setProperty("log.dirs", logDirectory.toString());
    internalTopics(p);
    sizes(p);
    sockets(p);
    retention(p);
    return p;
  }

  /** One replica of everything, and few partitions: each costs an open log and memory. */
  private static void internalTopics(Properties p) {
    p.setProperty("offsets.topic.num.partitions", "2");
    p.setProperty("offsets.topic.replication.factor", "1");
    p.setProperty("transaction.state.log.num.partitions", "4");
    p.setProperty("transaction.state.log.replication.factor", "1");
    p.setProperty("transaction.state.log.min.isr", "1");
    p.setProperty("share.coordinator.state.topic.num.partitions", "1");
    p.setProperty("share.coordinator.state.topic.replication.factor", "1");
    p.setProperty("share.coordinator.state.topic.min.isr", "1");
    p.setProperty("group.initial.rebalance.delay.ms", "0");
    p.setProperty("auto.create.topics.enable", "false");
  }

  /**
   * Room for long records; one thread of a kind, since all of it shares the machine with the model:
   * where two cores do everything, a second one woke only to wait for a core, or for the first. No
   * records that say nothing: of those the controller writes two a second, 11 to 18 ms each of a
   * core, in code too seldom run to be compiled.
   */
  private static void sizes(Properties p) {
    p.setProperty("message.max.bytes", Integer.toString(MAX_MESSAGE_BYTES));
    p.setProperty("replica.fetch.max.bytes", Integer.toString(MAX_MESSAGE_BYTES));
    p.setProperty("num.network.threads", "1");
    p.setProperty("num.io.threads", "1");
    p.setProperty("metadata.max.idle.interval.ms", "0");
    p.setProperty("background.threads", "2");
    p.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
    p.setProperty("log.cleaner.io.buffer.size", Integer.toString(128 << 10));
    p.setProperty("metadata.log.segment.bytes", Integer.toString(16 << 20));
    p.setProperty("controlled.shutdown.enable", "false");
  }

  /**
   * Buffers that the kernel grows as it needs. Kafka's fixed ones hold not even one request of a
   * sink, and the loopback's segments are of 64 KiB: some did not fit, were dropped, and came again
   * after 200 ms, the least that TCP waits.
   */
  private static void sockets(Properties p) {
    p.setProperty("socket.receive.buffer.bytes", "-1");
    p.setProperty("socket.send.buffer.bytes", "-1");
  }

  /**
   * What runs for hours must not fill the disk: some minutes of a fast stream are kept. Readers of
   * this process are seconds behind.
   */
  private static void retention(Properties p) {
    p.setProperty("log.segment.bytes", Integer.toString(32 << 20));
    p.setProperty("log.retention.bytes", Integer.toString(256 << 20));
    p.setProperty("log.retention.check.interval.ms", "15000");
    p.setProperty("log.segment.delete.delay.ms", "5000");
    p.setProperty("log.index.size.max.bytes", Integer.toString(1 << 20));
  }
}
