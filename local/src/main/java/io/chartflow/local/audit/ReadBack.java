package io.chartflow.local.audit;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.config.TopicsConfig;
import io.chartflow.connect.density.DensityJson;
import io.chartflow.connect.density.DensityRecord;
import io.chartflow.connect.topic.ConsumerThread;
import io.chartflow.connect.topic.KafkaClients;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.header.Header;

/**
 * Reads densities and dead letters from Kafka as any user would, committed records only, and keeps
 * a ledger of the events they account for. A thread of its own reads; {@link #state()} may be asked
 * from others.
 */
public final class ReadBack implements AutoCloseable {

  private final ChartflowConfig config;
  private final OffsetLedger ledger = new OffsetLedger();
  private final DensityTally tally = new DensityTally();
  private final ConsumerThread<byte[], byte[]> thread;
  private long deadLetters;
  private volatile State state;

  /**
   * Begins to read the densities and dead letters of this configuration, from their first record.
   */
  public ReadBack(ChartflowConfig config) {
    this.config = config;
    this.state = new State(tally.totals(), 0, 0, 0);
    Properties properties = KafkaClients.consumerProperties(config);
    properties.put("max.poll.records", "5000");
    KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties);
    TopicsConfig topics = config.topics();
    this.thread =
        ConsumerThread.start(
            "chartflow-read-back",
            consumer,
            ConsumerThread.partitions(consumer, topics.densities(), topics.deadLetters()),
            this::take);
  }

  private void take(ConsumerRecords<byte[], byte[]> records) {
    records.forEach(this::add);
    state = new State(tally.totals(), deadLetters, ledger.distinct(), ledger.duplicates());
  }

  /**
   * What was read so far.
   *
   * @throws IllegalStateException if reading failed
   */
  public State state() {
    thread.check();
    return state;
  }

  /** Stops reading; after this the ledger may be asked. */
  @Override
  public void close() {
    thread.close();
  }

  /** The ledger; only after {@link #close}. */
  public OffsetLedger ledger() {
    return ledger;
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
    try (KafkaConsumer<byte[], byte[]> asker = new KafkaConsumer<>(properties)) {
      Map<Integer, Long> ends = new TreeMap<>();
      asker
          .endOffsets(ConsumerThread.partitions(asker, topic))
          .forEach((partition, end) -> ends.put(partition.partition(), end));
      return ends;
    }
  }
}
