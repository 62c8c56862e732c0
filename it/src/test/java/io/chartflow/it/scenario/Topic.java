package io.chartflow.it.scenario;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.topic.KafkaClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** One topic, written and read by plain clients. */
public final class Topic {

  private static final Duration POLL = Duration.ofMillis(200);

  private final ChartflowConfig config;
  private final String name;

  public Topic(ChartflowConfig config, String name) {
    this.config = config;
    this.name = name;
  }

  /** Writes values in order, spread over the partitions, and tells where each came to lie. */
  public List<String> write(List<byte @Nullable []> values) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(KafkaClients.producerProperties(config))) {
      int partitions = producer.partitionsFor(name).size();
      List<Future<RecordMetadata>> sent = new ArrayList<>(values.size());
      for (int i = 0; i < values.size(); i++) {
        sent.add(producer.send(new ProducerRecord<>(name, i % partitions, null, values.get(i))));
      }
      producer.flush();
      List<String> positions = new ArrayList<>(values.size());
      for (Future<RecordMetadata> one : sent) {
        positions.add(one.get().topic() + "-" + one.get().partition() + "@" + one.get().offset());
      }
      return positions;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while writing to " + name, e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot write to " + name, e);
    }
  }

  /**
   * Reads committed records from the start until {@code enough} of what was read, or until {@code
   * patience} ends; then tells all that was read.
   */
  public List<ConsumerRecord<byte[], byte[]>> readUntil(
      Predicate<List<ConsumerRecord<byte[], byte[]>>> enough, Duration patience) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    long end = System.nanoTime() + patience.toNanos();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(KafkaClients.consumerProperties(config))) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(name).stream()
              .map(partition -> new TopicPartition(name, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!enough.test(records) && System.nanoTime() < end) {
        consumer.poll(POLL).forEach(records::add);
      }
    }
    return records;
  }

  /** Reads until there are {@code count} records, then a little longer: none may follow. */
  public List<ConsumerRecord<byte[], byte[]>> readExactly(int count, Duration patience) {
    long[] since = {0};
    return readUntil(
        records -> {
          if (records.size() < count) {
            return false;
          }
          since[0] = since[0] == 0 ? System.nanoTime() : since[0];
          return System.nanoTime() - since[0] > Duration.ofSeconds(3).toNanos();
        },
        patience);
  }
}
