package io.chartflow.bench.pipeline;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.topic.KafkaClients;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * Reads densities back, committed records only, counts them and, where their keys are times, notes
 * how late they are. A thread of its own.
 */
final class Reader implements Runnable, AutoCloseable {

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread thread = new Thread(this, "bench-reader");
  private final boolean keysAreTimes;
  private final Marks marks = new Marks();
  private final Delays delays = new Delays();
  private volatile boolean closing;
  private volatile @Nullable RuntimeException failure;

  /** Begins to read the densities of this configuration. */
  Reader(ChartflowConfig config, boolean keysAreTimes) {
    this.keysAreTimes = keysAreTimes;
    Properties properties = KafkaClients.consumerProperties(config);
    properties.put("max.poll.records", "20000");
    this.consumer = new KafkaConsumer<>(properties);
    List<TopicPartition> partitions =
        consumer.partitionsFor(config.topics().densities()).stream()
            .map(each -> new TopicPartition(each.topic(), each.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void run() {
    try (consumer) {
      while (!closing) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(100));
        long now = System.nanoTime();
        if (keysAreTimes) {
          for (ConsumerRecord<byte[], byte[]> each : records) {
            delays.add(now - ByteBuffer.wrap(each.key()).getLong());
          }
        }
        marks.add(now, records.count());
      }
    } catch (WakeupException e) {
      // closed
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  /** Densities read so far. */
  long count() {
    RuntimeException failed = failure;
    if (failed != null) {
      throw new IllegalStateException("the densities could not be read back", failed);
    }
    return marks.last();
  }

  /** When how many had been read; only after {@link #close}. */
  Marks marks() {
    return marks;
  }

  /** The delays; only after {@link #close}. */
  Delays delays() {
    return delays;
  }

  @Override
  public void close() {
    closing = true;
    consumer.wakeup();
    try {
      thread.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
