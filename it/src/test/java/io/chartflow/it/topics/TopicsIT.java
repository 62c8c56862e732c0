package io.chartflow.it.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.config.SchemaConfig;
import io.chartflow.connect.config.TopicsConfig;
import io.chartflow.connect.topic.KafkaClients;
import io.chartflow.connect.topic.Topics;
import io.chartflow.it.kafka.KafkaInProcess;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TopicsIT {

  private final KafkaInProcess kafka = new KafkaInProcess();
  private final Admin admin = Admin.create(KafkaClients.adminProperties(withPrefix("")));

  @BeforeAll
  void theBrokerAnswers() throws ExecutionException, InterruptedException {
    assertThat(admin.describeCluster().nodes().get()).hasSize(1);
  }

  @AfterAll
  void close() {
    admin.close();
    kafka.close();
  }

  @Test
  void missingTopicsAreMadeAsTheJobsNeedThem() throws ExecutionException, InterruptedException {
    ChartflowConfig config = withPrefix("made-");

    Topics.ensure(config);

    TopicsConfig topics = config.topics();
    Map<String, TopicDescription> made =
        admin
            .describeTopics(
                List.of(
                    topics.events(),
                    topics.densities(),
                    topics.atlas(),
                    topics.deadLetters(),
                    topics.statistics()))
            .allTopicNames()
            .get();
    made.forEach(
        (name, topic) ->
            assertThat(topic.partitions()).hasSize(name.equals(topics.atlas()) ? 1 : 3));
    assertThat(setting(topics.atlas(), "cleanup.policy")).isEqualTo("compact");
    assertThat(setting(topics.deadLetters(), "max.message.bytes")).isEqualTo("16777216");
  }

  @Test
  void topicsThatExistAreLeftAlone() throws ExecutionException, InterruptedException {
    ChartflowConfig config = withPrefix("twice-");

    Topics.ensure(config);
    Topics.ensure(config.withTopics(config.topics().withPartitions(7)));

    String events = config.topics().events();
    assertThat(admin.describeTopics(Set.of(events)).allTopicNames().get().values())
        .allSatisfy(topic -> assertThat(topic.partitions()).hasSize(3));
  }

  @Test
  void severalProcessesMayStartAtOnce() {
    ChartflowConfig config = withPrefix("race-");

    IntStream.range(0, 4).parallel().forEach(process -> Topics.ensure(config));

    Topics.ensure(config);
  }

  @Test
  void topicsThatAreMadeWronglyAreAllTold() throws ExecutionException, InterruptedException {
    ChartflowConfig config = withPrefix("wrong-");
    Map<String, String> compacted = Map.of("cleanup.policy", "compact");
    admin
        .createTopics(
            List.of(
                new NewTopic(config.topics().atlas(), 2, (short) 1),
                new NewTopic(config.topics().densities(), Optional.of(1), Optional.empty())
                    .configs(compacted)))
        .all()
        .get();

    assertThatThrownBy(() -> Topics.ensure(config))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("topic wrong-atlas must have 1 partition, got 2")
        .hasMessageContaining("topic wrong-atlas must have cleanup.policy=compact")
        .hasMessageContaining("topic wrong-densities must not be compacted");
  }

  @Test
  void aHostThatNobodyKnowsIsTold() {
    ChartflowConfig config = ChartflowConfig.of("nowhere.invalid:9092", SchemaConfig.ofNames("x"));

    assertThatThrownBy(() -> Topics.ensure(config))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Kafka at nowhere.invalid:9092: ");
  }

  private ChartflowConfig withPrefix(String prefix) {
    return ChartflowConfig.of(kafka.bootstrapServers(), SchemaConfig.ofNames("x"))
        .withTopics(TopicsConfig.DEFAULTS.withPrefix(prefix).withPartitions(3));
  }

  private String setting(String topic, String name)
      throws ExecutionException, InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Map<ConfigResource, Config> settings = admin.describeConfigs(List.of(resource)).all().get();
    return Objects.requireNonNull(settings.get(resource)).get(name).value();
  }
}
