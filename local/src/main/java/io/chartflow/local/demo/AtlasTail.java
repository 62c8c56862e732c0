package io.chartflow.local.demo;

import io.chartflow.connect.atlas.AtlasAssembler;
import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.topic.KafkaClients;
import io.chartflow.model.atlas.AtlasManifest;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Follows the atlas topic. Not safe for use by several threads. */
final class AtlasTail implements AutoCloseable {

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final AtlasAssembler assembler = new AtlasAssembler();
  private @Nullable AtlasManifest newest;
  private long versions;

  AtlasTail(ChartflowConfig config) {
    Properties properties = KafkaClients.consumerProperties(config);
    consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partition = List.of(new TopicPartition(config.topics().atlas(), 0));
    consumer.assign(partition);
    consumer.seekToBeginning(partition);
  }

  /** Takes what has come, waiting no longer than {@code patience} for anything to come. */
  void poll(Duration patience) {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(patience)) {
      assembler
          .accept(record.key(), record.value())
          .ifPresent(
              atlas -> {
                newest = atlas.manifest();
                versions++;
              });
    }
  }

  /** Manifest of the newest version, or null. */
  @Nullable AtlasManifest newest() {
    return newest;
  }

  /** Versions that were complete, one after the other. */
  long versions() {
    return versions;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
