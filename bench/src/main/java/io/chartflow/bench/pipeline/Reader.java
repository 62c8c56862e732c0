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

  private final ConsumerThread<byte[], Boolean> thread;
  private final @Nullable Delays delays;
  private final Marks marks = new Marks();

  /** Begins to read and count the densities of this configuration. */
  Reader(ChartflowConfig config) {
    this(config, null);
  }

  /** Begins to read them; their keys are times, and the delays go where it says. */
  Reader(ChartflowConfig config, @Nullable Delays delays) {
    this.delays = delays;
    Properties properties = KafkaClients.consumerProperties(config);
    properties.put("max.poll.records", "20000");
    KafkaConsumer<byte[], Boolean> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new Presence());
    this.thread =
        ConsumerThread.start(
            "bench-reader",
            consumer,
            ConsumerThread.partitions(consumer, config.topics().densities()),
            this::take);
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
