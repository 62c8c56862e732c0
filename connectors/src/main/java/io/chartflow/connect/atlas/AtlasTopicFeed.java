package io.chartflow.connect.atlas;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.topic.ConsumerThread;
import io.chartflow.connect.topic.KafkaClients;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The atlas topic from its first message on, committed ones only, by a plain consumer in no group,
 * on a thread of its own.
 */
public final class AtlasTopicFeed implements AtlasFeed {

  /** The name of the thread. */
  public static final String THREAD = "atlas-feed";

  private static final long serialVersionUID = 1L;

  private final Properties properties;
  private final String topic;

  /** The feed of the configured topic, which has to be there. */
  public AtlasTopicFeed(ChartflowConfig config) {
    properties = KafkaClients.consumerProperties(config);
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    topic = config.topics().atlas();
  }

  @Override
  public AutoCloseable open(Taker taker, Consumer<RuntimeException> failed) {
    return ConsumerThread.start(
        THREAD,
        new KafkaConsumer<byte[], byte[]>(properties),
        List.of(new TopicPartition(topic, 0)),
        records -> records.forEach(each -> taker.take(each.offset(), each.key(), each.value())),
        failed);
  }
}
