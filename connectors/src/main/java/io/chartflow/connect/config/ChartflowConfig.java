package io.chartflow.connect.config;

import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.Problems;
import java.util.Locale;

/**
 * Everything that {@code chartflow.yaml} says.
 *
 * @param kafka where Kafka is
 * @param schema what an event is
 * @param topics the topics
 * @param model what is learned and how ({@code model} and {@code training} of the file)
 * @param publishing when versions are published
 * @param scoring how events are scored
 * @param flink how the jobs run
 * @param monitor the monitor
 */
public record ChartflowConfig(
    KafkaConfig kafka,
    SchemaConfig schema,
    TopicsConfig topics,
    AtlasConfig model,
    PublishingConfig publishing,
    ScoringConfig scoring,
    FlinkConfig flink,
    MonitorConfig monitor) {

  /**
   * @throws io.chartflow.model.config.ConfigException naming every broken rule
   */
  public ChartflowConfig {
    Problems problems = new Problems("");
    problems.require(
        model.dimension() == schema.dimension(),
        "model.dimension",
        "the number of schema.fields=" + schema.dimension(),
        model.dimension());
    problems.require(
        model.dimension() != schema.dimension()
            || model.marginalKinds().equals(schema.transforms()),
        "model.marginals",
        "the transforms of schema.fields, " + schema.transforms(),
        model.marginalKinds());
    tellWhatCannotBeMarginalised(problems, schema, model);
    problems.throwIfAny();
  }

  /** All defaults, for these servers and events. */
  public static ChartflowConfig of(String bootstrapServers, SchemaConfig schema) {
    return new ChartflowConfig(
        KafkaConfig.of(bootstrapServers),
        schema,
        TopicsConfig.DEFAULTS,
        AtlasConfig.defaults(schema.dimension()).withMarginals(schema.transforms()),
        PublishingConfig.DEFAULTS,
        ScoringConfig.DEFAULTS,
        FlinkConfig.DEFAULTS,
        MonitorConfig.DEFAULTS);
  }

  /** This configuration with another {@code kafka}. */
  public ChartflowConfig withKafka(KafkaConfig other) {
    return new ChartflowConfig(other, schema, topics, model, publishing, scoring, flink, monitor);
  }

  /** This configuration with another {@code topics}. */
  public ChartflowConfig withTopics(TopicsConfig other) {
    return new ChartflowConfig(kafka, schema, other, model, publishing, scoring, flink, monitor);
  }

  /** This configuration with another {@code model}. */
  public ChartflowConfig withModel(AtlasConfig other) {
    return new ChartflowConfig(kafka, schema, topics, other, publishing, scoring, flink, monitor);
  }

  /** This configuration with another {@code publishing}. */
  public ChartflowConfig withPublishing(PublishingConfig other) {
    return new ChartflowConfig(kafka, schema, topics, model, other, scoring, flink, monitor);
  }

  /** This configuration with another {@code scoring}. */
  public ChartflowConfig withScoring(ScoringConfig other) {
    return new ChartflowConfig(kafka, schema, topics, model, publishing, other, flink, monitor);
  }

  /** This configuration with another {@code flink}. */
  public ChartflowConfig withFlink(FlinkConfig other) {
    return new ChartflowConfig(kafka, schema, topics, model, publishing, scoring, other, monitor);
  }

  /** This configuration with another {@code monitor}. */
  public ChartflowConfig withMonitor(MonitorConfig other) {
    return new ChartflowConfig(kafka, schema, topics, model, publishing, scoring, flink, other);
  }

  private static void tellWhatCannotBeMarginalised(
      Problems problems, SchemaConfig schema, AtlasConfig model) {
    boolean last = true;
    for (int i = schema.dimension() - 1; i >= 0; i--) {
      boolean left = schema.fields().get(i).missing() == MissingPolicy.MARGINALISE;
      problems.require(
          !left || (last && model.flow().isAutoregressive() && !model.embedding().isPresent()),
          "schema.fields[" + i + "].missing",
          "reject or impute, unless only fields to marginalise follow it and the model has"
              + " model.flow.layers=\"chart-affine, maf\" or \"chart-affine, iaf\","
              + " model.flow.base=gaussian and model.embedding.dimension=0",
          "marginalise with %s, %s, %d"
              .formatted(
                  model.flow().layers(),
                  model.flow().base().name().toLowerCase(Locale.ROOT),
                  model.embedding().dimension()));
      last &= left;
    }
  }
}
