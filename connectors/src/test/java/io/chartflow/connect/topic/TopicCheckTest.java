package io.chartflow.connect.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.config.FieldConfig;
import io.chartflow.connect.config.SchemaConfig;
import io.chartflow.connect.config.TimeFormat;
import io.chartflow.connect.topic.TopicCheck.Found;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class TopicCheckTest {

  private static final ChartflowConfig CONFIG =
      ChartflowConfig.of("localhost:9092", SchemaConfig.ofNames("x"));

  private static final ChartflowConfig TIMED =
      ChartflowConfig.of(
          "localhost:9092",
          new SchemaConfig(List.of(FieldConfig.of("x")), "at", TimeFormat.ISO, 1000));

  @Test
  void topicsAsWeMakeThemPass() {
    for (ChartflowConfig config : List.of(CONFIG, TIMED)) {
      Map<String, Found> found = new HashMap<>();
      for (NewTopic topic : new TopicPlan(config).topics()) {
        found.put(topic.name(), made(topic.numPartitions(), topic.configs()));
      }

      assertThat(found).hasSize(5);
      assertThat(TopicCheck.problems(config, found)).isEmpty();
    }
  }

  @Test
  void anAtlasTopicMustBeOneCompactedPartition() {
    assertThat(problems(CONFIG, "atlas", made(4, Map.of())))
        .containsExactly(
            "topic atlas must have 1 partition, got 4",
            "topic atlas must have cleanup.policy=compact, so that a version stays until it is"
                + " retired, got delete");
  }

  @Test
  void densitiesMustNotBeCompacted() {
    assertThat(problems(CONFIG, "densities", made(4, Map.of("cleanup.policy", "compact,delete"))))
        .containsExactly(
            "topic densities must not be compacted, which would keep one density for each key,"
                + " got compact,delete");
  }

  @Test
  void densitiesOfEventsWithTheirOwnTimeMustTakeAnyTime() {
    assertThat(problems(TIMED, "densities", made(4, Map.of())))
        .singleElement()
        .asString()
        .startsWith("topic densities must have message.timestamp.after.max.ms of at least");
    assertThat(
            problems(
                TIMED, "densities", made(4, Map.of("message.timestamp.type", "LogAppendTime"))))
        .isEmpty();
  }

  @Test
  void whatIsWrittenMustTakeTheTimesThatTheEventsTopicTakes() {
    Map<String, Found> found =
        Map.of(
            "events", made(1, Map.of("message.timestamp.after.max.ms", "7200000")),
            "densities", made(1, Map.of()),
            "dead-letters", made(1, Map.of("max.message.bytes", "16777216")));

    assertThat(TopicCheck.problems(CONFIG, found))
        .containsExactly(
            "topic densities must have message.timestamp.after.max.ms of at least 7200000, got"
                + " 3600000",
            "topic dead-letters must have message.timestamp.after.max.ms of at least 7200000, got"
                + " 3600000");
  }

  @Test
  void everyEventMustFitIntoTheDeadLetters() {
    Map<String, Found> found =
        Map.of("events", made(1, Map.of()), "dead-letters", made(1, Map.of()));

    assertThat(TopicCheck.problems(CONFIG, found))
        .containsExactly(
            "topic dead-letters must have max.message.bytes of at least 1114124, got 1048588");
  }

  private static List<String> problems(ChartflowConfig config, String name, Found found) {
    return TopicCheck.problems(config, Map.of(name, found));
  }

  private static Found made(int partitions, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>();
    all.put("cleanup.policy", "delete");
    all.put("max.message.bytes", "1048588");
    all.put("message.timestamp.type", "CreateTime");
    all.put("message.timestamp.after.max.ms", "3600000");
    all.putAll(settings);
    return new Found(partitions, all);
  }
}
