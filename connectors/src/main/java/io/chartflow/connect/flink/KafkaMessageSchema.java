package io.chartflow.connect.flink;

import io.chartflow.connect.topic.KafkaMessage;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Writes topic, key, value, timestamp and headers as the message says, and nothing of Flink's. */
final class KafkaMessageSchema implements KafkaRecordSerializationSchema<KafkaMessage> {

  private static final long serialVersionUID = 1L;

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      KafkaMessage message, KafkaSinkContext context, @Nullable Long timestamp) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            message.topic(), null, message.timestamp(), message.key(), message.value());
    if (!message.headers().isEmpty()) {
      message.headers().forEach((name, value) -> record.headers().add(name, value));
    }
    return record;
  }
}
