package io.chartflow.local.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class EmbeddedKafkaTest {

  @Test
  void committedTransactionsAreReadAndAbortedOnesAreNot() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      createTopic(kafka, "words");
      try (KafkaProducer<String, String> producer = producer(kafka)) {
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>("words", "aborted")).get(30, TimeUnit.SECONDS);
        producer.abortTransaction();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>("words", "committed")).get(30, TimeUnit.SECONDS);
        producer.commitTransaction();
      }
      List<String> read = new ArrayList<>();
      try (KafkaConsumer<String, String> consumer = consumer(kafka)) {
        consumer.subscribe(List.of("words"));
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .until(
                () -> {
                  for (ConsumerRecord<String, String> r : consumer.poll(Duration.ofMillis(100))) {
                    read.add(r.value());
                  }
                  return !read.isEmpty();
                });
      }
      assertThat(read).containsExactly("committed");
    }
  }

  @Test
  void closingLeavesNothingBehind() {
    Path logs;
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      logs = kafka.logDirectory();
      assertThat(logs).exists();
    }
    assertThat(Files.exists(logs)).isFalse();
  }

  @Test
  void threadsAreFewAndTheControllerIsSilentWhileNothingChanges() throws Exception {
    ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, "1");
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      Config config =
          admin
              .describeConfigs(List.of(broker))
              .all()
              .get(30, TimeUnit.SECONDS)
              .values()
              .iterator()
              .next();
      assertThat(config.get("metadata.max.idle.interval.ms").value()).isEqualTo("0");
      assertThat(config.get("num.io.threads").value()).isEqualTo("1");
      assertThat(config.get("num.network.threads").value()).isEqualTo("1");
    }
  }

  private static void createTopic(EmbeddedKafka kafka, String name) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(name, 2, (short) 1))).all().get(30, TimeUnit.SECONDS);
    }
  }

  private static KafkaProducer<String, String> producer(EmbeddedKafka kafka) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "writer"),
        new StringSerializer(),
        new StringSerializer());
  }

  private static KafkaConsumer<String, String> consumer(EmbeddedKafka kafka) {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            kafka.bootstrapServers(),
            "group.id",
            "readers",
            "auto.offset.reset",
            "earliest",
            "isolation.level",
            "read_committed"),
        new StringDeserializer(),
        new StringDeserializer());
  }
}
