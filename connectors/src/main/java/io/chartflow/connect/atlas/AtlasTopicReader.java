package io.chartflow.connect.atlas;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.topic.KafkaClients;
import io.chartflow.model.atlas.Atlas;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the newest committed version with a plain consumer that belongs to no group. */
public final class AtlasTopicReader implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AtlasTopicReader.class);
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final TopicPartition partition;
  private final AtlasAssembler assembler = new AtlasAssembler();
  private byte @Nullable [] newestBytes;

  private AtlasTopicReader(ChartflowConfig config) {
    Properties properties = KafkaClients.consumerProperties(config);
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    consumer = new KafkaConsumer<>(properties);
    partition = new TopicPartition(config.topics().atlas(), 0);
  }

  /** The newest version that is complete now; empty too where there is no atlas topic yet. */
  public static Optional<Atlas> latest(ChartflowConfig config) {
    try (AtlasTopicReader reader = new AtlasTopicReader(config)) {
      return reader.open() ? reader.readToEnd() : Optional.empty();
    }
  }

  /** The newest version, waiting for a first one as long as {@code patience}. */
  public static Optional<Atlas> awaitLatest(ChartflowConfig config, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    try (AtlasTopicReader reader = new AtlasTopicReader(config)) {
      boolean open = false;
      while (true) {
        open = open || reader.open();
        Optional<Atlas> found = open ? reader.readToEnd() : Optional.empty();
        if (found.isPresent() || System.nanoTime() >= deadline) {
          return found;
        }
        reader.pause();
      }
    }
  }

  @Override
  public void close() {
    consumer.close();
  }

  private boolean open() {
    // Asked of all topics: asking for one that is not there would wait for it.
    if (!consumer.listTopics().containsKey(partition.topic())) {
      return false;
    }
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
    return true;
  }

  private Optional<Atlas> readToEnd() {
    Long end = consumer.endOffsets(List.of(partition)).get(partition);
    while (end != null && consumer.position(partition) < end) {
      consumer.poll(POLL).forEach(this::take);
    }
    // Decoded once, and only the newest: versions before it were only put together.
    return Optional.ofNullable(newestBytes)
        .map(bytes -> AtlasAssembler.decode(assembler.newest(), bytes));
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    try {
      assembler.acceptBytes(record.key(), record.value()).ifPresent(bytes -> newestBytes = bytes);
    } catch (IllegalArgumentException e) {
      LOG.warn("{}@{}: {}; skipped", partition, record.offset(), e.getMessage());
    }
  }

  private void pause() {
    if (consumer.assignment().isEmpty()) {
      LockSupport.parkNanos(POLL.toNanos());
    } else {
      consumer.poll(POLL).forEach(this::take);
    }
  }
}
