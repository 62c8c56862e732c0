package io.chartflow.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chartflow.connect.atlas.AtlasChunks;
import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.config.ConfigReader;
import io.chartflow.connect.topic.KafkaClients;
import io.chartflow.connect.topic.KafkaMessage;
import io.chartflow.connect.topic.Topics;
import io.chartflow.local.audit.ReadBack;
import io.chartflow.local.broker.EmbeddedKafka;
import io.chartflow.local.data.DataSets;
import io.chartflow.local.data.EventSource;
import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.ChartsConfig;
import io.chartflow.model.config.TrainingConfig;
import io.chartflow.model.engine.AtlasTrainer;
import io.chartflow.model.engine.EventBatch;
import io.chartflow.model.engine.JvmEngine;
import io.chartflow.model.engine.PublishRequest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandsTest {

  @TempDir static Path directory;

  private static EmbeddedKafka kafka;
  private static Path file;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start() throws Exception {
    kafka = EmbeddedKafka.start();
    file = write("chartflow.yaml", "");
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void produceSendsSoManyEvents() {
    assertThat(run("produce", "--config", "" + file, "--dataset", "helix", "--events", "500"))
        .as(err.toString())
        .isZero();
    assertThat(out.toString()).endsWith("500 events sent to events\n");
    ChartflowConfig config = ConfigReader.read(file);
    assertThat(ReadBack.ends(config, "events").values().stream().mapToLong(n -> n).sum())
        .isEqualTo(500);
  }

  @Test
  void produceWritesTheFormatOfTheSchema() throws Exception {
    Path packed =
        write("packed.yaml", "  format: packed-floats\ntopics:\n  events: packed-events\n");
    assertThat(run("produce", "--config", "" + packed, "--dataset", "helix", "--events", "50"))
        .as(err.toString())
        .isZero();
    assertThat(out.toString()).endsWith("50 events sent to packed-events\n");
  }

  @Test
  void produceRefusesADataSetThatTheSchemaDoesNotRead() {
    assertThat(run("produce", "--config", "" + file, "--dataset", "two-moons")).isEqualTo(2);
    assertThat(err.toString())
        .contains("schema.fields must have the paths x, y of data set two-moons, got x, y, z");
  }

  @Test
  void theNewestAtlasIsShownAndSampled() throws Exception {
    Path own = write("atlas.yaml", "topics:\n  atlas: shown-atlas\n");
    publish(ConfigReader.read(own));

    assertThat(run("atlas", "show", "--config", "" + own)).as(err.toString()).isZero();
    assertThat(out.toString()).contains("version      1 (parent 0)", "3 features, 4 charts", "x=");

    assertThat(run("atlas", "show", "--json", "--config", "" + own)).isZero();
    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.get("manifest").get("version").asLong()).isEqualTo(1);
    assertThat(json.get("charts")).hasSize(4);
    assertThat(json.get("mean_z").asDouble()).isBetween(0.0, 1.1);

    assertThat(run("sample", "--config", "" + own, "--count", "7", "--seed", "3")).isZero();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(7);
    for (String line : lines) {
      JsonNode event = new ObjectMapper().readTree(line);
      assertThat(event.get("x").isNumber() && event.get("z").isNumber()).isTrue();
    }
  }

  @Test
  void anAtlasTopicWithoutAVersionIsAFailureThatSaysSo() throws Exception {
    Path own = write("none.yaml", "topics:\n  atlas: empty-atlas\n");
    Topics.ensure(ConfigReader.read(own));
    assertThat(run("sample", "--config", "" + own)).isEqualTo(1);
    assertThat(err.toString()).contains("expected a version in topic empty-atlas");
  }

  private static void publish(ChartflowConfig config) throws Exception {
    Topics.ensure(config);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(KafkaClients.producerProperties(config))) {
      for (KafkaMessage each :
          AtlasChunks.split(learned(), config.topics().atlas(), AtlasChunks.DEFAULT_CHUNK_BYTES)) {
        producer
            .send(new ProducerRecord<>(each.topic(), each.key(), each.value()))
            .get(30, TimeUnit.SECONDS);
      }
    }
  }

  private static Atlas learned() {
    TrainingConfig quick = new TrainingConfig(64, 128, 5e-3, 300, 0.9, 5, 1e-3, 10, 0.02, 5);
    AtlasConfig config =
        new AtlasConfig(
            3,
            new ChartsConfig(4, 2, 0.1),
            AtlasConfig.defaults(3).quantizer(),
            AtlasConfig.defaults(3).flow(),
            quick,
            1);
    try (AtlasTrainer trainer = new JvmEngine().trainer(config);
        EventSource source = DataSets.named("helix").events(1)) {
      double[] event = new double[3];
      EventBatch batch = new EventBatch(64, 3);
      for (int step = 0; step < 30; step++) {
        batch.clear();
        while (!batch.isFull()) {
          source.next();
          source.copyTo(event);
          batch.add(event, 0);
        }
        trainer.train(batch);
      }
      return trainer
          .publish(new PublishRequest(1, 0, Collections.emptySortedMap(), Long.MIN_VALUE))
          .orElseThrow();
    }
  }

  private static Path write(String name, String more) throws Exception {
    return Files.writeString(
        directory.resolve(name),
        "kafka:\n  bootstrapServers: "
            + kafka.bootstrapServers()
            + "\nschema:\n  fields: [{name: x}, {name: y}, {name: z}]\n"
            + more);
  }

  private int run(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine line = Chartflow.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(args);
  }
}
