package io.chartflow.connect.atlas;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.topic.KafkaClients;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * The atlas topic from its first message on, committed ones only, by a plain consumer in no group,
 * on a thread of its own.
 */
public final class AtlasTopicFeed implements AtlasFeed {

  /** The name of the thread. */
  public static final String THREAD = "atlas-feed";

  private static final long serialVersionUID = 1L;

  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration GRACE = Duration.ofSeconds(5);

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
    Reading reading = new Reading(new KafkaConsumer<>(properties), topic, taker, failed);
    reading.thread.setDaemon(true);
    reading.thread.start();
    return reading;
  }

  /** One consumer and its thread, until it is closed. */
  private static final class Reading implements Runnable, AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TopicPartition partition;
    private final Taker taker;
    private final Consumer<RuntimeException> failed;
    private final Thread thread = new Thread(this, THREAD);
    private volatile boolean closing;

    Reading(
        KafkaConsumer<byte[], byte[]> consumer,
        String topic,
        Taker taker,
        Consumer<RuntimeException> failed) {
      this.consumer = consumer;
      this.partition = new TopicPartition(topic, 0);
      this.taker = taker;
      this.failed = failed;
    }

    @Override
    public void run() {
      try (consumer) {
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        while (!closing) {
          for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
            taker.take(each.offset(), each.key(), each.value());
          }
        }
      } catch (WakeupException e) {
        // closed
      } catch (RuntimeException e) {
        if (!closing) {
          failed.accept(e);
        }
      }
    }

    @Override
    public void close() throws InterruptedException {
      closing = true;
      consumer.wakeup();
      thread.join(GRACE.toMillis());
    }
  }
}
