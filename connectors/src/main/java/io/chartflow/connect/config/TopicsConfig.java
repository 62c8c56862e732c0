package io.chartflow.connect.config;

import io.chartflow.model.config.Problems;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The topics and how those are made that do not exist yet.
 *
 * @param events JSON events, in
 * @param densities one density record for every event that decoded, out
 * @param atlas versions of the model, in chunks; one partition, compacted
 * @param deadLetters events that did not decode
 * @param statistics windows of the monitor
 * @param partitions of the topics that are created, but for the atlas topic, which has one
 * @param replication replicas of each partition of the topics that are created
 */
public record TopicsConfig(
    String events,
    String densities,
    String atlas,
    String deadLetters,
    String statistics,
    int partitions,
    int replication) {

  /** The usual names, four partitions, one replica. */
  public static final TopicsConfig DEFAULTS =
      new TopicsConfig("events", "densities", "atlas", "dead-letters", "density-statistics", 4, 1);

  /**
   * @throws io.chartflow.model.config.ConfigException naming every broken rule
   */
  public TopicsConfig {
    Problems problems = new Problems("topics");
    Map<String, String> names = new LinkedHashMap<>();
    names.put("events", events);
    names.put("densities", densities);
    names.put("atlas", atlas);
    names.put("deadLetters", deadLetters);
    names.put("statistics", statistics);
    Map<String, String> owners = new LinkedHashMap<>();
    names.forEach(
        (key, topic) -> {
          problems.require(
              topic.matches("[a-zA-Z0-9._-]{1,249}") && !topic.matches("\\.{1,2}"),
              key,
              "a Kafka topic name: 1 to 249 letters, digits, dots, dashes and underscores",
              Shown.of(topic));
          String before = owners.putIfAbsent(topic, key);
          problems.require(
              before == null, key, "another topic than topics." + before, Shown.of(topic));
        });
    problems.between("partitions", partitions, 1, 10_000);
    problems.between("replication", replication, 1, 100);
    problems.throwIfAny();
  }

  /** These topics with a prefix before every name. */
  public TopicsConfig withPrefix(String prefix) {
    return new TopicsConfig(
        prefix + events,
        prefix + densities,
        prefix + atlas,
        prefix + deadLetters,
        prefix + statistics,
        partitions,
        replication);
  }

  /** These topics, created with another number of partitions. */
  public TopicsConfig withPartitions(int other) {
    return new TopicsConfig(events, densities, atlas, deadLetters, statistics, other, replication);
  }
}
