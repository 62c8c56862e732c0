package io.chartflow.connect.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.chartflow.model.config.AdaptationConfig;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.CalibrationConfig;
import io.chartflow.model.config.ChartsConfig;
import io.chartflow.model.config.ConfigException;
import io.chartflow.model.config.EmbeddingConfig;
import io.chartflow.model.config.FlowConfig;
import io.chartflow.model.config.Problems;
import io.chartflow.model.config.QuantizerConfig;
import io.chartflow.model.config.TrainingConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code chartflow.yaml}. One reading finds every mistake: keys that there are not, values of
 * another type, broken rules, what is missing. {@code docs/chartflow.example.yaml} shows every key
 * with its default.
 */
public final class ConfigReader {

  private static final YAMLMapper YAML =
      new YAMLMapper(
          YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  private final Problems problems = new Problems("");
  private final Section file;

  private final Path folder;

  private ConfigReader(JsonNode root, Path folder) {
    this.folder = folder;
    this.file = new Section(problems, "", root);
  }

  /**
   * The configuration of a file.
   *
   * @throws ConfigException naming the file and every mistake in it
   */
  public static ChartflowConfig read(Path path) {
    try {
      Path folder = path.toAbsolutePath().getParent();
      return parse(Files.readString(path), path.toString(), folder == null ? Path.of("") : folder);
    } catch (IOException e) {
      throw new ConfigException(
          path.toString(), List.of("expected a file that can be read as UTF-8, got " + e));
    }
  }

  /**
   * The configuration of a text; {@code where} names it in messages. Files that it names lie in the
   * working directory.
   *
   * @throws ConfigException naming every mistake
   */
  public static ChartflowConfig parse(String yaml, String where) {
    return parse(yaml, where, Path.of(""));
  }

  private static ChartflowConfig parse(String yaml, String where, Path folder) {
    JsonNode root;
    try {
      root = YAML.readTree(yaml);
    } catch (JsonProcessingException e) {
      String line = e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
      throw new ConfigException(
          where, List.of("expected YAML" + line + ": " + e.getOriginalMessage()));
    }
    ConfigReader reader = new ConfigReader(root, folder);
    ChartflowConfig config = reader.readAll();
    reader.problems.throwIfAny(where);
    if (config == null) {
      throw new IllegalStateException(where + ": there is no configuration and no problem");
    }
    return config;
  }

  private @Nullable ChartflowConfig readAll() {
    KafkaConfig kafka = readKafka(file.section("kafka"));
    SchemaConfig schema = new SchemaReader(problems, file.section("schema"), folder).read();
    TopicsConfig topics = file.section("topics").record(TopicsConfig.DEFAULTS);
    AtlasConfig model = readModel(schema);
    PublishingConfig publishing = file.section("publishing").record(PublishingConfig.DEFAULTS);
    ScoringConfig scoring = file.section("scoring").record(ScoringConfig.DEFAULTS);
    FlinkConfig flink = file.section("flink").record(FlinkConfig.DEFAULTS);
    MonitorConfig monitor = file.section("monitor").record(MonitorConfig.DEFAULTS);
    file.refuseUnknown();
    if (kafka == null || schema == null || topics == null || model == null) {
      return null;
    }
    if (publishing == null || scoring == null || flink == null || monitor == null) {
      return null;
    }
    try {
      return new ChartflowConfig(kafka, schema, topics, model, publishing, scoring, flink, monitor);
    } catch (ConfigException e) {
      problems.addAll(e);
      return null;
    }
  }

  private @Nullable KafkaConfig readKafka(Section section) {
    String servers =
        section.requiredText("bootstrapServers", "host:port, several divided by commas");
    SortedMap<String, String> properties = new TreeMap<>();
    JsonNode further = section.get("properties");
    if (!Section.isAbsent(further) && !further.isObject()) {
      problems.require(false, "kafka.properties", "a mapping", Section.shown(further));
    }
    further
        .fields()
        .forEachRemaining(
            entry -> {
              boolean scalar = entry.getValue().isValueNode() && !entry.getValue().isNull();
              // The value is not shown: it may be a password.
              problems.require(
                  scalar,
                  "kafka.properties[" + entry.getKey() + "]",
                  "a plain value",
                  entry.getValue().getNodeType());
              properties.put(entry.getKey(), entry.getValue().asText());
            });
    section.refuseUnknown();
    try {
      // Where the servers are missing, the properties are still checked.
      KafkaConfig kafka = new KafkaConfig(servers == null ? "none:0" : servers, properties);
      return servers == null ? null : kafka;
    } catch (ConfigException e) {
      problems.addAll(e);
      return null;
    }
  }

  private @Nullable AtlasConfig readModel(@Nullable SchemaConfig schema) {
    Section model = file.section("model");
    ChartsConfig charts = model.section("charts").record(ChartsConfig.DEFAULTS);
    QuantizerConfig quantizer = model.section("quantizer").record(QuantizerConfig.DEFAULTS);
    FlowConfig flow = model.section("flow").record(FlowConfig.DEFAULTS);
    EmbeddingConfig embedding = model.section("embedding").record(EmbeddingConfig.DEFAULTS);
    Object seed = model.value("seed", long.class, AtlasConfig.defaults(1).seed());
    model.refuseUnknown();
    TrainingConfig training = file.section("training").record(TrainingConfig.DEFAULTS);
    AdaptationConfig adaptation = file.section("adaptation").record(AdaptationConfig.DEFAULTS);
    CalibrationConfig calibration = file.section("calibration").record(CalibrationConfig.DEFAULTS);
    // Rules between the parts are told only of parts that keep their own.
    if (charts == null || quantizer == null || flow == null || embedding == null || seed == null) {
      return null;
    }
    if (schema == null || training == null || adaptation == null || calibration == null) {
      return null;
    }
    try {
      return new AtlasConfig(
          schema.dimension(),
          schema.transforms(),
          charts,
          quantizer,
          flow,
          embedding,
          training,
          adaptation,
          calibration,
          (Long) seed);
    } catch (ConfigException e) {
      problems.addAll(e);
      return null;
    }
  }
}
