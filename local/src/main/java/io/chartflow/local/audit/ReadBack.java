package io.chartflow.local.audit;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.density.DensityJson;
import io.chartflow.connect.density.DensityRecord;
import io.chartflow.connect.topic.KafkaClients;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads densities and dead letters from Kafka as any user would, committed records only, and keeps
 * a ledger of the events they account for. Runs as a thread of its own; {@link #state()} may be
 * asked from others.
 */
public final class ReadBack implements Runnable, AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);

  private final ChartflowConfig config;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final OffsetLedger ledger = new OffsetLedger();
  private final DensityTally tally = new DensityTally();
  private final Thread thread = new Thread(this, "chartflow-read-back");
  private long deadLetters;
  private volatile State state;
  private volatile @Nullable RuntimeException failure;
  private volatile boolean closing;

  /** A reader of the densities and dead letters of this configuration, from their first record. */
  public ReadBack(ChartflowConfig config) {
    this.config = config;
    this.state = new State(tally.totals(), 0, 0, 0);
    Properties properties = KafkaClients.consumerProperties(config);
    properties.put("max.poll.records", "5000");
    this.consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Begins to read. */
  public ReadBack start() {
    thread.setDaemon(true);
    thread.start();
    return this;
  }

  @Override
  public void run() {
    try (consumer) {
      List<TopicPartition> partitions = new ArrayList<>();
      partitions.addAll(partitions(config.topics().densities()));
      partitions.addAll(partitions(config.topics().deadLetters()));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!closing) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          add(record);
        }
        state = new State(tally.totals(), deadLetters, ledger.distinct(), ledger.duplicates());
      }
    } catch (WakeupException | InterruptException e) {
      if (!closing) {
        failure = e;
      }
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  /**
   * What was read so far.
   *
   * @throws IllegalStateException if reading failed
   */
  public State state() {
    RuntimeException failed = failure;
    if (failed != null) {
      throw new IllegalStateException("reading the output back failed: " + failed, failed);
    }
    return state;
  }

  /** Stops reading; after this the ledger may be asked. */
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

  /** The ledger; only after {@link #close}. */
  public OffsetLedger ledger() {
    return ledger;
  }

  private List<TopicPartition> partitions(String topic) {
    List<TopicPartition> found = new ArrayList<>();
    for (PartitionInfo each : consumer.partitionsFor(topic)) {
      found.add(new TopicPartition(topic, each.partition()));
    }
    return found;
  }

  private void add(ConsumerRecord<byte[], byte[]> record) {
    if (record.topic().equals(config.topics().densities())) {
      DensityRecord density = DensityJson.fromBytes(record.value());
      tally.add(density);
      ledger.add(density.partition(), density.offset());
    } else {
      deadLetters++;
      ledger.add(
          Integer.parseInt(header(record, "chartflow.partition")),
          Long.parseLong(header(record, "chartflow.offset")));
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    if (header == null) {
      throw new IllegalStateException(
          "expected a header "
              + name
              + ", got none at "
              + record.topic()
              + "-"
              + record.partition()
              + "@"
              + record.offset());
    }
    return new String(header.value(), StandardCharsets.UTF_8);
  }

  /**
   * What was read up to a moment.
   *
   * @param densities sums over the density records
   * @param deadLetters dead letters
   * @param distinct events accounted for, by a density or a dead letter
   * @param duplicates records that account for an event again
   */
  public record State(
      DensityTally.Totals densities, long deadLetters, long distinct, long duplicates) {

    /** Records read. */
    public long records() {
      return densities.records() + deadLetters;
    }
  }

  /** The offsets behind the last record of each partition of a topic. */
  public static Map<Integer, Long> ends(ChartflowConfig config, String topic) {
    Properties properties = KafkaClients.consumerProperties(config);
    try (KafkaConsumer<byte[], byte[]> asker =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (PartitionInfo each : asker.partitionsFor(topic)) {
        partitions.add(new TopicPartition(topic, each.partition()));
      }
      Map<Integer, Long> ends = new java.util.TreeMap<>();
      asker.endOffsets(partitions).forEach((p, end) -> ends.put(p.partition(), end));
      return ends;
    }
  }
}
