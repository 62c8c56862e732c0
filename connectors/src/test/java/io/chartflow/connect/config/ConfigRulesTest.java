package io.chartflow.connect.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.engine.DensitySum;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigRulesTest {

  @Test
  void theDefaultsAreThoseOfTheDocuments() {
    ChartflowConfig config = ChartflowConfig.of("localhost:9092", SchemaConfig.ofNames("x"));

    assertThat(config.topics())
        .isEqualTo(
            new TopicsConfig(
                "events", "densities", "atlas", "dead-letters", "density-statistics", 4, 1));
    assertThat(config.publishing())
        .isEqualTo(new PublishingConfig(50_000, Duration.ofSeconds(30), 5));
    assertThat(config.scoring())
        .isEqualTo(new ScoringConfig(DensitySum.TRUNCATED, 256, Duration.ofMillis(5), 100_000));
    assertThat(config.flink()).isEqualTo(new FlinkConfig(Duration.ofSeconds(5), null, 1, 1));
    assertThat(config.monitor())
        .isEqualTo(
            new MonitorConfig(
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                "127.0.0.1",
                9465,
                "chartflow-monitor"));
    assertThat(config.schema().maxBytes()).isEqualTo(1 << 20);
    assertThat(config.model()).isEqualTo(AtlasConfig.defaults(1));
  }

  @Test
  void twoFeaturesCannotShareAPath() {
    assertThatThrownBy(
            () ->
                SchemaConfig.of(List.of(FieldConfig.of("a"), new FieldConfig("b", "a", 0, -1, 1))))
        .hasMessageContaining("schema.fields[1].path must be unique; fields[0] has the same");
  }

  @Test
  void aFeatureCannotLieInsideAnotherFeature() {
    assertThatThrownBy(
            () ->
                SchemaConfig.of(
                    List.of(new FieldConfig("b", "a.b.c", 0, -1, 1), FieldConfig.of("a"))))
        .hasMessageContaining(
            "schema.fields[0].path must be outside of the path of fields[1], which is a number");
  }

  @Test
  void theModelMustHaveTheDimensionOfTheSchema() {
    ChartflowConfig config = ChartflowConfig.of("localhost:9092", SchemaConfig.ofNames("x"));

    assertThatThrownBy(() -> config.withModel(AtlasConfig.defaults(2)))
        .hasMessageContaining("model.dimension must be the number of schema.fields=1, got 2");
  }

  @Test
  void threadsThatLearnAreAtMostThePartsOfAStep() {
    for (int threads : List.of(0, 5)) {
      assertThatThrownBy(() -> new FlinkConfig(Duration.ofSeconds(5), null, 1, threads))
          .hasMessageContaining("flink.learnerThreads must be between 1 and 4, got " + threads);
    }
  }

  @Test
  void topicNamesAreKafkas() {
    assertThatThrownBy(() -> new TopicsConfig("ev ents", "d", "a", "l", "", 1, 1))
        .hasMessageContaining("topics.events must be a Kafka topic name")
        .hasMessageContaining("topics.statistics must be a Kafka topic name");
  }

  @Test
  void durationsAreReadAsTheyAreShown() {
    for (String text : List.of("0ms", "20ms", "5s", "90s", "2m", "1h", "3d")) {
      assertThat(Durations.parse(text).map(Durations::show)).contains(text);
    }
    assertThat(Durations.parse("5 s")).contains(Duration.ofSeconds(5));
    assertThat(Durations.parse("5")).isEmpty();
    assertThat(Durations.parse("soon")).isEmpty();
    assertThat(Durations.parse("999999999999999d")).isEmpty();
  }
}
