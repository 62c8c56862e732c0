package io.chartflow.connect.flink;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.config.Delivery;
import io.chartflow.connect.config.FlinkConfig;
import io.chartflow.connect.event.RawEvent;
import io.chartflow.connect.topic.KafkaClients;
import io.chartflow.connect.topic.KafkaMessage;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The jobs' sources and sinks: bytes with their place in, messages out. */
public final class KafkaIo {

  /** How often a source looks for partitions that were added. */
  private static final String DISCOVERY_MILLIS = "60000";

  /**
   * A density is some 500 bytes, of which Kafka's own 16 KiB hold thirty: the broker was busier
   * with requests than with bytes. A batch leaves when it is full or {@link #SINK_LINGER} went by.
   */
  private static final String SINK_BATCH_BYTES = Integer.toString(256 << 10);

  /** Milliseconds; Kafka's own 5 were a good part of the delay. */
  private static final String SINK_LINGER = "2";

  /** Events that the fetcher hands to the task at once; Kafka's own 500 wake it more often. */
  private static final String POLL_RECORDS = "4000";

  private KafkaIo() {}

  /**
   * The events, committed records only. Starts at the checkpoint's offsets; without a checkpoint
   * where {@code groupId} left off, and at the earliest record for a group that is new.
   */
  public static KafkaSource<RawEvent> events(ChartflowConfig config, String groupId) {
    return source(config, config.topics().events())
        .setGroupId(groupId)
        .setStartingOffsets(OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST))
        .setProperty(KafkaSourceOptions.COMMIT_OFFSETS_ON_CHECKPOINT.key(), "true")
        .build();
  }

  /**
   * A sink that commits with Flink's checkpoints.
   *
   * @param transactionalIdPrefix unique to the job and the sink; two sinks of one prefix would
   *     fence each other off
   */
  public static KafkaSink<KafkaMessage> sink(ChartflowConfig config, String transactionalIdPrefix) {
    return sink(config, transactionalIdPrefix, Delivery.EXACTLY_ONCE);
  }

  /** A sink of what the score job writes, with the delivery that {@code scoring} asks for. */
  public static KafkaSink<KafkaMessage> scoringSink(
      ChartflowConfig config, String transactionalIdPrefix) {
    return sink(config, transactionalIdPrefix, config.scoring().delivery());
  }

  private static KafkaSink<KafkaMessage> sink(
      ChartflowConfig config, String transactionalIdPrefix, Delivery delivery) {
    return KafkaSink.<KafkaMessage>builder()
        .setBootstrapServers(config.kafka().bootstrapServers())
        .setDeliveryGuarantee(
            switch (delivery) {
              case EXACTLY_ONCE -> DeliveryGuarantee.EXACTLY_ONCE;
              case AT_LEAST_ONCE -> DeliveryGuarantee.AT_LEAST_ONCE;
            })
        .setTransactionalIdPrefix(transactionalIdPrefix)
        .setKafkaProducerConfig(sinkProperties(config))
        .setRecordSerializer(new KafkaMessageSchema())
        .build();
  }

  static Properties sinkProperties(ChartflowConfig config) {
    Properties properties = new Properties();
    properties.putAll(config.kafka().properties());
    properties.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, SINK_BATCH_BYTES);
    properties.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, SINK_LINGER);
    KafkaClients.growSocketBuffers(properties);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(
        ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(KafkaClients.MAX_MESSAGE_BYTES));
    properties.put(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
        Long.toString(FlinkConfig.TRANSACTION_TIMEOUT.toMillis()));
    return properties;
  }

  private static KafkaSourceBuilder<RawEvent> source(ChartflowConfig config, String topic) {
    Properties properties = new Properties();
    properties.putAll(config.kafka().properties());
    properties.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_RECORDS);
    KafkaClients.growSocketBuffers(properties);
    return KafkaSource.<RawEvent>builder()
        .setProperties(properties)
        .setBootstrapServers(config.kafka().bootstrapServers())
        .setTopics(topic)
        .setDeserializer(new RawEventSchema())
        .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
        .setProperty(KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(), DISCOVERY_MILLIS);
  }
}
