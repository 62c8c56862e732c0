package io.chartflow.connect.topic;

import io.chartflow.connect.config.ChartflowConfig;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The settings of plain Kafka clients: raw bytes, committed records only, large messages. */
public final class KafkaClients {

  /** Longest message that is written: a dead letter carries its whole event. */
  public static final int MAX_MESSAGE_BYTES = 16 << 20;

  private KafkaClients() {}

  /**
   * Lets the kernel grow the sockets' buffers, which Kafka's clients fix at less than a request of
   * ours: where segments did not fit they were sent again, after 200 ms at the least. A user's own
   * sizes go before.
   */
  public static void growSocketBuffers(Properties properties) {
    properties.putIfAbsent(CommonClientConfigs.RECEIVE_BUFFER_CONFIG, "-1");
    properties.putIfAbsent(CommonClientConfigs.SEND_BUFFER_CONFIG, "-1");
  }

  /** A consumer of bytes that sees committed records only, from the start, and commits nothing. */
  public static Properties consumerProperties(ChartflowConfig config) {
    Properties properties = adminProperties(config);
    properties.put(
        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    properties.put(
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return properties;
  }

  /** An idempotent producer of bytes, with no transactions. */
  public static Properties producerProperties(ChartflowConfig config) {
    Properties properties = adminProperties(config);
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    properties.put(
        ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(MAX_MESSAGE_BYTES));
    return properties;
  }

  /** What every client needs: the servers and the further properties of the file. */
  public static Properties adminProperties(ChartflowConfig config) {
    Properties properties = new Properties();
    properties.putAll(config.kafka().properties());
    growSocketBuffers(properties);
    properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.kafka().bootstrapServers());
    return properties;
  }
}
