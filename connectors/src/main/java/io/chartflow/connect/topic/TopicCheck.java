package io.chartflow.connect.topic;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.config.TopicsConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/** Whether topics that exist are made as the jobs need them; a pure function of what Kafka told. */
final class TopicCheck {

  /**
   * A topic as it is.
   *
   * @param partitions number of its partitions
   * @param settings its settings, the broker's defaults included
   */
  record Found(int partitions, Map<String, String> settings) {

    /** Copies the settings. */
    Found {
      settings = Map.copyOf(settings);
    }

    long number(String setting) {
      return Long.parseLong(settings.getOrDefault(setting, "0"));
    }
  }

  private final List<String> problems = new ArrayList<>();

  private TopicCheck() {}

  /** One sentence for each topic setting that is wrong; topics that are not there are not told. */
  static List<String> problems(ChartflowConfig config, Map<String, Found> found) {
    TopicCheck check = new TopicCheck();
    TopicsConfig topics = config.topics();
    if (found.containsKey(topics.atlas())) {
      check.atlas(topics.atlas(), found.get(topics.atlas()));
    }
    if (found.containsKey(topics.densities())) {
      check.densities(topics.densities(), found.get(topics.densities()));
      check.futures(config, topics.densities(), found);
    }
    if (found.containsKey(topics.deadLetters())) {
      check.futures(config, topics.deadLetters(), found);
    }
    if (found.containsKey(topics.deadLetters()) && found.containsKey(topics.events())) {
      check.deadLetters(topics, found.get(topics.events()), found.get(topics.deadLetters()));
    }
    return check.problems;
  }

  private void atlas(String name, Found topic) {
    require(topic.partitions() == 1, name, "have 1 partition", topic.partitions());
    String policy = topic.settings().getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, "delete");
    require(
        policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT),
        name,
        "have cleanup.policy=compact, so that a version stays until it is retired",
        policy);
    atLeast(name, topic, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, 640L << 10);
  }

  private void densities(String name, Found topic) {
    String policy = topic.settings().getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, "delete");
    require(
        !policy.contains(TopicConfig.CLEANUP_POLICY_COMPACT),
        name,
        "not be compacted, which would keep one density for each key",
        policy);
  }

  /** A topic that refused the time of one event would stop the sink, and with it the job. */
  private void futures(ChartflowConfig config, String name, Map<String, Found> found) {
    Found topic = found.get(name);
    Found events = found.get(config.topics().events());
    String stamps = TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG;
    if (topic == null || "LogAppendTime".equals(topic.settings().get(stamps))) {
      return;
    }
    String setting = TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG;
    boolean isDensities = name.equals(config.topics().densities());
    if (isDensities && config.schema().timeField() != null) {
      atLeast(name, topic, setting, Duration.ofDays(365L * 10_000).toMillis());
    } else if (events != null) {
      atLeast(name, topic, setting, events.number(setting));
    }
  }

  private void deadLetters(TopicsConfig topics, Found events, Found letters) {
    long longest = events.number(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
    long most = DeadLetters.MAX_VALUE_BYTES;
    atLeast(
        topics.deadLetters(),
        letters,
        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
        Math.min(longest, most) + TopicPlan.DEAD_LETTER_EXTRA);
  }

  private void atLeast(String name, Found topic, String setting, long least) {
    long value = topic.number(setting);
    require(value >= least, name, "have " + setting + " of at least " + least, value);
  }

  private void require(boolean holds, String name, String rule, Object got) {
    if (!holds) {
      problems.add("topic " + name + " must " + rule + ", got " + got);
    }
  }
}
