package io.chartflow.connect.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.chartflow.model.config.AdaptationConfig;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.BaseKind;
import io.chartflow.model.config.CalibrationConfig;
import io.chartflow.model.config.ChartPrior;
import io.chartflow.model.config.ChartsConfig;
import io.chartflow.model.config.CodebookUpdate;
import io.chartflow.model.config.ConfigException;
import io.chartflow.model.config.EmbeddingConfig;
import io.chartflow.model.config.EncoderKind;
import io.chartflow.model.config.FlowConfig;
import io.chartflow.model.config.MarginalKind;
import io.chartflow.model.config.Objective;
import io.chartflow.model.config.QuantizerConfig;
import io.chartflow.model.config.TrainingConfig;
import io.chartflow.model.engine.DensitySum;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {

  private static final String SMALLEST =
      "kafka: {bootstrapServers: 'localhost:9092'}\nschema: {fields: [x, y]}\n";

  @Test
  void tenMistakesGetOneMessageThatNamesAllTen() {
    ConfigException failure = failureOf(resource("ten-mistakes.yaml"));

    assertThat(failure.getMessage()).startsWith("test.yaml: 10 problems:");
    assertThat(failure.problems())
        .containsExactlyInAnyOrder(
            "kafka.bootstrapServers must be host:port, several divided by commas, got"
                + " \"localhost\"",
            "schema.fields[temperature].min must be below max=3.0, got 5.0",
            "schema.fields[1].name must be unique; fields[0] has the same, got \"pressure\"",
            "topics.densities must be another topic than topics.events, got \"events\"",
            "topics.partitions must be between 1 and 10000, got 0",
            "model.charts.count must be a whole number, got \"many\"",
            "model.dimension must not be there, since it is none of the settings charts,"
                + " quantizer, flow, embedding, seed of model, got 3",
            "training.learningRate must be positive, got -1.0",
            "publishing.every must be a duration such as 20ms, 5s, 2m, 1h, 1d or PT0.02S, got 30",
            "scoring.sum must be one of restricted, truncated, full, got \"all\"");
    failure.problems().forEach(problem -> assertThat(failure.getMessage()).contains(problem));
  }

  @Test
  void whatAFileLeavesOutHasItsDefault() {
    assertThat(ConfigReader.parse(SMALLEST, "test.yaml"))
        .isEqualTo(ChartflowConfig.of("localhost:9092", SchemaConfig.ofNames("x", "y")));
  }

  @Test
  void everyKeyReachesItsSetting() {
    ChartflowConfig config = ConfigReader.parse(resource("everything.yaml"), "test.yaml");

    assertThat(config)
        .isEqualTo(
            new ChartflowConfig(
                new KafkaConfig(
                    "a:9092,b:9092",
                    new TreeMap<>(
                        Map.of("security.protocol", "SASL_SSL", "request.timeout.ms", "9000"))),
                new SchemaConfig(
                    List.of(
                        new FieldConfig(
                            "t",
                            "sensors.t",
                            0.5,
                            -40,
                            1000,
                            MarginalKind.ASINH,
                            MissingPolicy.IMPUTE),
                        FieldConfig.of("u")),
                    "meta.at",
                    TimeFormat.ISO,
                    4096,
                    EventFormat.AVRO,
                    new AvroConfig(resource("event.avsc"), 9)),
                new TopicsConfig("e", "d", "a", "l", "s", 3, 2),
                new AtlasConfig(
                    2,
                    List.of(MarginalKind.ASINH, MarginalKind.NONE),
                    new ChartsConfig(32, 3, 0.2, ChartPrior.COVERAGE),
                    new QuantizerConfig(
                        4, 16, 0.5, 0.9, EncoderKind.NETWORK, CodebookUpdate.GRADIENT),
                    new FlowConfig("chart-affine, maf×6", 24, 2.5, 5, BaseKind.BALL),
                    new EmbeddingConfig(0, 2, 30),
                    new TrainingConfig(
                        128, 1024, 2e-3, 100, 0.99, 4, 0.002, 50, 0.03, 10, Objective.SAMPLED),
                    new AdaptationConfig(5, 1_000_000, 100, 0.5, 1e-3),
                    new CalibrationConfig(65_536),
                    7),
                new PublishingConfig(10_000, Duration.ofMinutes(2), 3),
                new ScoringConfig(
                    DensitySum.FULL,
                    64,
                    Duration.ofMillis(9),
                    0,
                    0.01,
                    0.02,
                    Delivery.AT_LEAST_ONCE),
                new FlinkConfig(Duration.ofMillis(1500), "file:///tmp/chartflow", 4, 2),
                new MonitorConfig(Duration.ofMinutes(1), Duration.ZERO, "0.0.0.0", 0, "watch")));
  }

  @Test
  void theExampleSaysEveryDefault() {
    ChartflowConfig config = ConfigReader.read(Path.of("..", "docs", "chartflow.example.yaml"));

    SchemaConfig schema =
        SchemaConfig.of(
            List.of(
                FieldConfig.of("temperature"),
                new FieldConfig("pressure", "sensors.pressure", 0.1, 0, 2000)));
    assertThat(config).isEqualTo(ChartflowConfig.of("localhost:9092", schema));
  }

  @Test
  void aFieldIsMarginalisedOnlyWhereTheFlowCan() {
    String maf = "model: {flow: {layers: 'chart-affine, maf'}}\n";
    String first =
        "kafka: {bootstrapServers: 'a:1'}\nschema: {fields: [{name: x, missing: marginalise}, y]}\n";
    String last =
        "kafka: {bootstrapServers: 'a:1'}\nschema: {fields: [x, {name: y, missing: marginalise}]}\n";

    for (String flow : List.of(maf, maf.replace("maf", "iaf"))) {
      assertThat(ConfigReader.parse(last + flow, "test.yaml").schema().fields().get(1).missing())
          .isEqualTo(MissingPolicy.MARGINALISE);
    }
    assertThat(failureOf(last).problems())
        .containsExactly(
            "schema.fields[1].missing must be reject or impute, unless only fields to marginalise"
                + " follow it and the model has model.flow.layers=\"chart-affine, maf\" or"
                + " \"chart-affine, iaf\", model.flow.base=gaussian and model.embedding.dimension=0, got marginalise with"
                + " chart-affine, coupling×5, gaussian, 0");
    assertThat(failureOf(first + maf).problems().get(0)).startsWith("schema.fields[0].missing");
  }

  @Test
  void eventsMayBePackedWhereTheTimeIsKafkas() {
    String packed = "kafka: {bootstrapServers: 'a:1'}\nschema: {fields: [x, y], format: %s%s}\n";

    for (EventFormat format : List.of(EventFormat.PACKED_FLOATS, EventFormat.PACKED_DOUBLES)) {
      String yaml = packed.formatted(format.label(), "");
      assertThat(ConfigReader.parse(yaml, "test.yaml").schema())
          .isEqualTo(SchemaConfig.ofNames("x", "y").withFormat(format));
    }
    assertThat(
            failureOf(packed.formatted("packed-doubles", ", timeField: t, maxBytes: 15"))
                .problems())
        .containsExactly(
            "schema.timeField must be nothing where events are packed-doubles, which have Kafka's"
                + " timestamp, got \"t\"",
            "schema.maxBytes must be at least the 16 bytes of an event, got 15");
    assertThat(failureOf(packed.formatted("floats", "")).problems().get(0))
        .startsWith("schema.format must be one of json, packed-floats, packed-doubles, avro");
  }

  @Test
  void aFileOfAvroLiesBesideTheConfiguration(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("event.avsc"), resource("event.avsc"));
    Path file =
        Files.writeString(
            directory.resolve("chartflow.yaml"),
            "kafka: {bootstrapServers: 'a:1'}\n"
                + "schema: {fields: [u], format: avro, avro: {schema: event.avsc}}\n");

    assertThat(ConfigReader.read(file).schema())
        .isEqualTo(
            SchemaConfig.ofNames("u").withAvro(new AvroConfig(resource("event.avsc"), null)));
  }

  @Test
  void everyPathThatTheAvroSchemaDoesNotHaveIsTold() {
    String avro =
        "avro: {schema: src/test/resources/io/chartflow/connect/config/event.avsc, schemaId: -1}";
    String schema = "kafka: {bootstrapServers: 'a:1'}\nschema: {format: avro, %s}\n";

    assertThat(
            failureOf(
                    schema.formatted(
                        "fields: [v, tags, sensors.t, {name: m, path: meta.at}, {name: w, path:"
                            + " sensors.t.w}], timeField: meta.seen, "
                            + avro.replace("-1", "1")))
                .problems())
        .containsExactly(
            "schema.fields[4].path must be outside of the path of fields[2], which is a number,"
                + " got \"sensors.t.w\"");
    assertThat(
            failureOf(
                    schema.formatted(
                        "fields: [v, tags, sensors.t, {name: m, path: meta.at}], timeField:"
                            + " meta.seen, "
                            + avro.replace("-1", "1")))
                .problems())
        .containsExactly(
            "schema.fields[0].path must be a number in the Avro record Event, got \"v\", which is"
                + " nothing",
            "schema.fields[1].path must be a number in the Avro record Event, got \"tags\", which is"
                + " an array",
            "schema.fields[3].path must be a number in the Avro record Event, got \"meta.at\","
                + " which is a string",
            "schema.timeField must be a number or a timestamp-millis that is read as millis, got"
                + " \"meta.seen\", which is timestamp-micros read as millis");
    assertThat(failureOf(schema.formatted("fields: [u], " + avro)).problems())
        .containsExactly("schema.avro.schemaId must be at least 0, got -1");
  }

  @Test
  void anAvroSchemaIsDemandedWhereEventsAreAvroAndNowhereElse() {
    String schema = "kafka: {bootstrapServers: 'a:1'}\nschema: {fields: [u, %s}\n";
    String file = "src/test/resources/io/chartflow/connect/config/";

    assertThat(failureOf(schema.formatted("u], format: avro")).problems())
        .containsExactly(
            "schema.avro.schema must be a file with the Avro schema of the events, got nothing",
            "schema.fields[1].name must be unique; fields[0] has the same, got \"u\"");
    assertThat(failureOf(schema.formatted("v], avro: {schema: " + file + "event.avsc}")).problems())
        .containsExactly("schema.avro must be left out where events are json, got a schema");
    assertThat(failureOf(schema.formatted("v], avro: {schemaId: 3}")).problems())
        .containsExactly("schema.avro.schemaId must be beside a schema, got 3");
    assertThat(
            failureOf(schema.formatted("v], format: avro, avro: {schema: none.avsc}")).problems())
        .containsExactly(
            "schema.avro.schema must be a file that can be read, got \"none.avsc\","
                + " java.nio.file.NoSuchFileException: none.avsc");
    assertThat(
            failureOf(
                    schema.formatted(
                        "v], format: avro, avro: {schema: " + file + "everything.yaml}"))
                .problems()
                .get(0))
        .startsWith(
            "schema.avro.schema must be a file with the Avro schema of a record, got no Avro");
  }

  @Test
  void anEmptyFileIsToldWhatIsMissing() {
    assertThat(failureOf("").problems())
        .containsExactly(
            "kafka.bootstrapServers must be host:port, several divided by commas, got nothing",
            "schema.fields must be a list of at least one field, got nothing");
  }

  @Test
  void aKeyThatIsMisspeltIsShownWithTheKeysThatThereAre() {
    assertThat(failureOf(SMALLEST + "topics: {evnts: e}\nscorin: {}").problems())
        .containsExactly(
            "topics.evnts must not be there, since it is none of the settings events, densities,"
                + " atlas, deadLetters, statistics, partitions, replication of topics, got \"e\"",
            "scorin must not be there, since it is none of the settings kafka, schema, topics,"
                + " model, training, adaptation, calibration, publishing, scoring, flink, monitor, got {}");
  }

  @Test
  void aSectionThatIsNoMappingIsTold() {
    assertThat(failureOf(SMALLEST + "topics: [a]\nflink: 3").problems())
        .containsExactly("topics must be a mapping, got [\"a\"]", "flink must be a mapping, got 3");
    assertThat(failureOf("- a").problems().get(0))
        .isEqualTo("the file must be a mapping, got [\"a\"]");
  }

  @Test
  void brokenYamlIsToldWithItsLine() {
    assertThat(failureOf("kafka:\n  bootstrapServers: [").getMessage())
        .startsWith("test.yaml: expected YAML at line 2: ");
    assertThat(failureOf("kafka: {}\nkafka: {}").getMessage()).contains("Duplicate field 'kafka'");
  }

  @Test
  void aFileThatIsNotThereIsTold(@TempDir Path directory) {
    assertThatThrownBy(() -> ConfigReader.read(directory.resolve("none.yaml")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("none.yaml: expected a file that can be read");
  }

  @Test
  void rulesBetweenSectionsAreTold() {
    assertThat(failureOf(SMALLEST + "training: {batch: 16}").problems())
        .containsExactly(
            "model.charts.count must be at most training.batch=16, since the codes start from one"
                + " batch, got 64");
  }

  @Test
  void settingsThatWouldBreakExactlyOnceAreRefused() {
    ConfigException failure =
        failureOf(
            "kafka: {bootstrapServers: 'h:1', properties: {acks: '0', transactional.id: x}}\n"
                + "schema: {fields: [x]}\nflink: {checkpointInterval: 20m}");

    assertThat(failure.problems())
        .containsExactly(
            "kafka.properties must not name transactional.id, which Chartflow sets itself",
            "kafka.properties must not name acks, which Chartflow sets itself",
            "flink.checkpointInterval must be between 10ms and 5m, got 20m");
  }

  @Test
  void aPasswordIsNeverShown() {
    String yaml =
        "kafka: {bootstrapServers: 'h:1', properties: {sasl.jaas.config: hush}}\n"
            + "schema: {fields: [x]}\n";

    assertThat(ConfigReader.parse(yaml, "test.yaml").toString())
        .contains("sasl.jaas.config")
        .doesNotContain("hush");
  }

  private static ConfigException failureOf(String yaml) {
    return catchThrowableOfType(ConfigException.class, () -> ConfigReader.parse(yaml, "test.yaml"));
  }

  private static String resource(String name) {
    try (InputStream in = ConfigReaderTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
