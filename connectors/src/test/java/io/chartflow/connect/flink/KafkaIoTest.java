package io.chartflow.connect.flink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.connect.atlas.AtlasTopicFeed;
import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.config.KafkaConfig;
import io.chartflow.connect.config.SchemaConfig;
import io.chartflow.connect.event.RawEvent;
import io.chartflow.connect.topic.KafkaClients;
import io.chartflow.connect.topic.KafkaMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.util.InstantiationUtil;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class KafkaIoTest {

  private static final ChartflowConfig CONFIG =
      ChartflowConfig.of("localhost:9092", SchemaConfig.ofNames("x"))
          .withKafka(
              new KafkaConfig(
                  "localhost:9092", new TreeMap<>(Map.of("security.protocol", "PLAINTEXT"))));

  @Test
  void everyRecordIsTakenAsItIs() {
    List<RawEvent> out = new ArrayList<>();
    byte[] key = {1};
    byte[] value = {2};
    ConsumerRecord<byte[], byte[]> full =
        new ConsumerRecord<>(
            "events",
            2,
            7,
            99,
            TimestampType.CREATE_TIME,
            1,
            1,
            key,
            value,
            new RecordHeaders(),
            Optional.empty());

    RawEventSchema schema = new RawEventSchema();
    schema.deserialize(full, new ListCollector<>(out));
    schema.deserialize(new ConsumerRecord<>("events", 0, 8, null, null), new ListCollector<>(out));

    assertThat(out)
        .containsExactly(
            new RawEvent("events", 2, 7, 99, key, value),
            new RawEvent("events", 0, 8, -1, null, null));
    assertThat(schema.getProducedType()).isEqualTo(ChartflowTypes.RAW_EVENT);
  }

  @Test
  void aMessageIsWrittenWithTopicKeyValueTimeAndHeaders() {
    byte[] header = "h".getBytes(UTF_8);
    KafkaMessage message =
        new KafkaMessage(
            "dead-letters",
            new byte[] {1},
            new byte[] {2},
            99L,
            Map.of("chartflow.reason", header));

    ProducerRecord<byte[], byte[]> record = serialize(message);

    assertThat(record.topic()).isEqualTo("dead-letters");
    assertThat(record.partition()).isNull();
    assertThat(record.key()).containsExactly(1);
    assertThat(record.value()).containsExactly(2);
    assertThat(record.timestamp()).isEqualTo(99);
    assertThat(record.headers()).extracting(Header::key).containsExactly("chartflow.reason");
    assertThat(record.headers()).extracting(Header::value).containsExactly(header);
  }

  @Test
  void aTombstoneIsWrittenWithoutAValueAndAtTheTimeOfSending() {
    ProducerRecord<byte[], byte[]> record =
        serialize(KafkaMessage.of("atlas", new byte[] {1}, null, null));

    assertThat(record.value()).isNull();
    assertThat(record.timestamp()).isNull();
  }

  @Test
  void theSinkWaitsForAllReplicasAndItsTransactionsFitTheBrokersDefault() {
    Properties properties = KafkaIo.sinkProperties(CONFIG);

    assertThat(properties)
        .containsEntry("acks", "all")
        .containsEntry("transaction.timeout.ms", "900000")
        .containsEntry("max.request.size", "16777216")
        .containsEntry("security.protocol", "PLAINTEXT");
  }

  @Test
  void theKernelSizesTheSocketsBuffersUnlessAUserDoes() {
    assertThat(KafkaIo.sinkProperties(CONFIG))
        .containsEntry("send.buffer.bytes", "-1")
        .containsEntry("receive.buffer.bytes", "-1");
    ChartflowConfig sized =
        CONFIG.withKafka(
            new KafkaConfig("localhost:9092", new TreeMap<>(Map.of("send.buffer.bytes", "9000"))));
    assertThat(KafkaIo.sinkProperties(sized)).containsEntry("send.buffer.bytes", "9000");
    assertThat(KafkaClients.consumerProperties(sized))
        .containsEntry("send.buffer.bytes", "9000")
        .containsEntry("receive.buffer.bytes", "-1");
  }

  @Test
  void sourcesAndSinksCanBeMadeAndShipped() throws Exception {
    assertThat(KafkaIo.events(CONFIG, "group").getBoundedness())
        .isEqualTo(Boundedness.CONTINUOUS_UNBOUNDED);
    assertThat(InstantiationUtil.clone(KafkaIo.events(CONFIG, "group")).getProducedType())
        .isEqualTo(ChartflowTypes.RAW_EVENT);
    assertThat(InstantiationUtil.clone(new AtlasTopicFeed(CONFIG))).isNotNull();
    assertThat(InstantiationUtil.clone(KafkaIo.sink(CONFIG, "chartflow-test"))).isNotNull();
  }

  private static ProducerRecord<byte[], byte[]> serialize(KafkaMessage message) {
    KafkaRecordSerializationSchema<KafkaMessage> schema = new KafkaMessageSchema();
    return Objects.requireNonNull(schema.serialize(message, new NoContext(), null));
  }

  private static final class NoContext implements KafkaRecordSerializationSchema.KafkaSinkContext {

    @Override
    public int getParallelInstanceId() {
      return 0;
    }

    @Override
    public int getNumberOfParallelInstances() {
      return 1;
    }

    @Override
    public int[] getPartitionsForTopic(String topic) {
      return new int[0];
    }
  }
}
