package io.chartflow.it.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.connect.atlas.AtlasChunks;
import io.chartflow.connect.atlas.AtlasTopicReader;
import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.config.SchemaConfig;
import io.chartflow.connect.config.TopicsConfig;
import io.chartflow.connect.topic.KafkaClients;
import io.chartflow.connect.topic.KafkaMessage;
import io.chartflow.connect.topic.Topics;
import io.chartflow.it.kafka.KafkaInProcess;
import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.ChartsConfig;
import io.chartflow.model.config.TrainingConfig;
import io.chartflow.model.engine.AtlasTrainer;
import io.chartflow.model.engine.EventBatch;
import io.chartflow.model.engine.JvmEngine;
import io.chartflow.model.engine.PublishRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AtlasTopicIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int SMALL_CHUNK = 1000;

  private final KafkaInProcess kafka = new KafkaInProcess();
  private final List<Atlas> versions = threeVersions();

  @AfterAll
  void close() {
    kafka.close();
  }

  @Test
  void withoutATopicThereIsNoVersion() {
    assertThat(AtlasTopicReader.latest(withPrefix("none-"))).isEmpty();
    assertThat(AtlasTopicReader.awaitLatest(withPrefix("none-"), Duration.ZERO)).isEmpty();
  }

  @Test
  void theNewestVersionIsReadAndARetiredOneForgotten() {
    ChartflowConfig config = made("newest-");
    try (KafkaProducer<byte[], byte[]> producer = producer(config, "newest")) {
      List<KafkaMessage> first = messages(0, config);
      commit(producer, first);
      commit(producer, messages(1, config));
      commit(producer, AtlasChunks.tombstones(1, first.size() - 1, config.topics().atlas()));
    }

    assertThat(AtlasTopicReader.latest(config)).contains(versions.get(1));
  }

  @Test
  void aVersionThatIsNotCommittedIsNotThere() {
    ChartflowConfig config = made("open-");
    try (KafkaProducer<byte[], byte[]> producer = producer(config, "open")) {
      commit(producer, messages(0, config));
      producer.beginTransaction();
      send(producer, messages(1, config));
      producer.flush();

      assertThat(AtlasTopicReader.latest(config)).contains(versions.get(0));

      producer.abortTransaction();
      assertThat(AtlasTopicReader.latest(config)).contains(versions.get(0));
      commit(producer, messages(2, config));
      assertThat(AtlasTopicReader.latest(config)).contains(versions.get(2));
    }
  }

  @Test
  void whatIsNoAtlasDoesNotStandInTheWay() {
    ChartflowConfig config = made("noise-");
    byte[] noise = {1, 2, 3};
    try (KafkaProducer<byte[], byte[]> producer = producer(config, "noise")) {
      commit(producer, List.of(KafkaMessage.of(config.topics().atlas(), noise, noise, null)));
      commit(producer, messages(0, config));
    }

    assertThat(AtlasTopicReader.latest(config)).contains(versions.get(0));
  }

  @Test
  void whoWaitsGetsTheFirstVersionWhenItComes() {
    ChartflowConfig config = withPrefix("wait-");
    CompletableFuture<Optional<Atlas>> waiting =
        CompletableFuture.supplyAsync(() -> AtlasTopicReader.awaitLatest(config, PATIENCE));

    Topics.ensure(config);
    try (KafkaProducer<byte[], byte[]> producer = producer(config, "wait")) {
      commit(producer, messages(0, config));
    }

    assertThat(waiting.join()).contains(versions.get(0));
  }

  private ChartflowConfig made(String prefix) {
    ChartflowConfig config = withPrefix(prefix);
    Topics.ensure(config);
    return config;
  }

  private ChartflowConfig withPrefix(String prefix) {
    return ChartflowConfig.of(kafka.bootstrapServers(), SchemaConfig.ofNames("x", "y"))
        .withTopics(TopicsConfig.DEFAULTS.withPrefix(prefix));
  }

  private List<KafkaMessage> messages(int i, ChartflowConfig config) {
    List<KafkaMessage> messages =
        new ArrayList<>(AtlasChunks.split(versions.get(i), config.topics().atlas(), SMALL_CHUNK));
    assertThat(messages).hasSizeGreaterThan(5);
    Collections.shuffle(messages, new Random(7));
    return messages;
  }

  private static KafkaProducer<byte[], byte[]> producer(ChartflowConfig config, String id) {
    Properties properties = KafkaClients.producerProperties(config);
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
    KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(properties);
    producer.initTransactions();
    return producer;
  }

  private static void commit(KafkaProducer<byte[], byte[]> producer, List<KafkaMessage> messages) {
    producer.beginTransaction();
    send(producer, messages);
    producer.commitTransaction();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // commitTransaction throws what a send failed of
  private static void send(KafkaProducer<byte[], byte[]> producer, List<KafkaMessage> messages) {
    for (KafkaMessage message : messages) {
      producer.send(new ProducerRecord<>(message.topic(), message.key(), message.value()));
    }
  }

  /** Three versions of a model that has hardly learned. */
  private static List<Atlas> threeVersions() {
    TrainingConfig quick = new TrainingConfig(64, 64, 5e-3, 300, 0.9, 5, 1e-3, 10, 0.02, 1);
    AtlasConfig config =
        AtlasConfig.defaults(2).withCharts(new ChartsConfig(4, 2, 0.1)).withTraining(quick);
    Random random = new Random(3);
    List<Atlas> versions = new ArrayList<>();
    try (AtlasTrainer trainer = new JvmEngine().trainer(config)) {
      for (int step = 0; versions.size() < 3; step++) {
        EventBatch batch = new EventBatch(64, 2);
        for (int row = 0; row < 64; row++) {
          batch.add(new double[] {random.nextGaussian(), random.nextGaussian()}, 0);
        }
        trainer.train(batch);
        if (step >= 20 && trainer.isReady()) {
          long version = versions.size() + 1;
          trainer
              .publish(
                  new PublishRequest(
                      version, version - 1, Collections.emptySortedMap(), Long.MIN_VALUE))
              .ifPresent(versions::add);
        }
      }
    }
    return versions;
  }
}
