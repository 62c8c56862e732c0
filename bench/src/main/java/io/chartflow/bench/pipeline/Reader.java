package io.chartflow.bench.pipeline;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.topic.ConsumerThread;
import io.chartflow.connect.topic.KafkaClients;
import java.nio.ByteBuffer;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads densities back, committed records only, counts them and, where their keys are times, notes
 * how late they are. Nobody looks at their values here, so they are not copied. A thread of its
 * own.
 */
final class Reader implements AutoCloseable {

  /**
   * What a reader that is in no hurry waits for: one that asks for each batch as it comes takes a
   * tenth of the events' time from the broker.
   */
  private static final String MANY_BYTES = "500000";

  private static final String PATIENCE_MILLIS = "50";

  private final ConsumerThread<byte[], Boolean> thread;
  private final @Nullable Delays delays;
  private final Marks marks = new Marks();

  private Reader(ChartflowConfig config, boolean hurries, @Nullable Delays delays) {
    this.delays = delays;
    Properties properties = KafkaClients.consumerProperties(config);
    properties.put("max.poll.records", "20000");
    if (!hurries) {
      properties.put("fetch.min.bytes", MANY_BYTES);
      properties.put("fetch.max.wait.ms", PATIENCE_MILLIS);
    }
    KafkaConsumer<byte[], Boolean> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new Presence());
    this.thread =
        ConsumerThread.start(
            "bench-reader",
            consumer,
            ConsumerThread.partitions(consumer, config.topics().densities()),
            this::take);
  }

  /** Counts densities, many at once, so that it costs them little. */
  static Reader counting(ChartflowConfig config) {
    return new Reader(config, false, null);
  }

  /** Counts densities as they come. */
  static Reader prompt(ChartflowConfig config) {
    return new Reader(config, true, null);
  }

  /** Tells {@code delays} how late each density comes whose key is the time at which it was due. */
  static Reader timing(ChartflowConfig config, Delays delays) {
    return new Reader(config, true, delays);
  }

  private void take(ConsumerRecords<byte[], Boolean> records) {
    long now = System.nanoTime();
    if (delays != null) {
      for (ConsumerRecord<byte[], Boolean> each : records) {
        delays.add(now - ByteBuffer.wrap(each.key()).getLong());
      }
    }
    marks.add(now, records.count());
  }

  /** Densities read so far. */
  long count() {
    thread.check();
    return marks.last();
  }

  /** When how many had been read; only after {@link #close}. */
  Marks marks() {
    return marks;
  }

  @Override
  public void close() {
    thread.close();
  }

  /** Whether there is a value, in place of the value. */
  private static final class Presence implements Deserializer<Boolean> {

    @Override
    public Boolean deserialize(String topic, byte @Nullable [] data) {
      return data != null;
    }

    @Override
    public Boolean deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
      return data != null;
    }
  }
}
