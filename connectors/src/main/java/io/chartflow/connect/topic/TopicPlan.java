package io.chartflow.connect.topic;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.config.TopicsConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/**
 * How the topics are created that are missing.
 *
 * <ul>
 *   <li>{@code events} takes long messages, so that one that is too long is told as a dead letter
 *       and not as a producer's failure; {@code dead-letters} takes longer ones still.
 *   <li>{@code atlas} has one partition, since versions have one order, and is compacted: a version
 *       stays until its tombstones come.
 *   <li>What is written bears the time of its event, which may lie in the future as far as the
 *       events topic allows, or farther where the schema tells times of its own; brokers refuse
 *       more than an hour by default. So the topics that are written take any time.
 *   <li>Times that the schema tells may lie far back, where retention by time would delete a
 *       density as soon as it is written: then {@code densities} and {@code statistics} are kept
 *       until somebody sets {@code retention.bytes}.
 * </ul>
 */
final class TopicPlan {

  /** Longest event that fits into an events topic of our making. */
  static final int EVENT_BYTES = 8 << 20;

  /** What a dead letter adds to its event: headers. */
  static final int DEAD_LETTER_EXTRA = 64 << 10;

  private final ChartflowConfig config;

  TopicPlan(ChartflowConfig config) {
    this.config = config;
  }

  List<NewTopic> topics() {
    TopicsConfig topics = config.topics();
    return List.of(
        topic(topics.events(), topics.partitions(), longMessages(EVENT_BYTES)),
        topic(topics.densities(), topics.partitions(), eventTimes()),
        topic(topics.atlas(), 1, compacted()),
        topic(topics.deadLetters(), topics.partitions(), deadLetters()),
        topic(topics.statistics(), topics.partitions(), eventTimes()));
  }

  private NewTopic topic(String name, int partitions, Map<String, String> settings) {
    return new NewTopic(name, partitions, (short) config.topics().replication()).configs(settings);
  }

  private Map<String, String> eventTimes() {
    Map<String, String> settings = anyFuture();
    if (config.schema().timeField() != null) {
      settings.put(TopicConfig.RETENTION_MS_CONFIG, "-1");
    }
    return settings;
  }

  private static Map<String, String> deadLetters() {
    Map<String, String> settings = anyFuture();
    settings.putAll(longMessages(KafkaClients.MAX_MESSAGE_BYTES));
    return settings;
  }

  private static Map<String, String> anyFuture() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE));
    return settings;
  }

  private static Map<String, String> compacted() {
    return Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
  }

  private static Map<String, String> longMessages(int bytes) {
    return Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(bytes));
  }
}
