package io.chartflow.connect.config;

import io.chartflow.model.config.Problems;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where Kafka is.
 *
 * @param bootstrapServers {@code host:port}, several divided by commas
 * @param properties further client properties, security for one; they reach every client and may
 *     not name what Chartflow sets itself
 */
public record KafkaConfig(String bootstrapServers, SortedMap<String, String> properties) {

  /** Client properties that exactly-once, or another setting, already decides. */
  private static final List<String> OWNED =
      List.of(
          "bootstrap.servers",
          "group.id",
          "isolation.level",
          "enable.auto.commit",
          "auto.offset.reset",
          "transactional.id",
          "transaction.timeout.ms",
          "acks",
          "enable.idempotence",
          "key.serializer",
          "value.serializer",
          "key.deserializer",
          "value.deserializer");

  /**
   * Copies the properties.
   *
   * @throws io.chartflow.model.config.ConfigException naming every broken rule
   */
  public KafkaConfig {
    properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
    Problems problems = new Problems("kafka");
    for (String server : bootstrapServers.split(",", -1)) {
      problems.require(
          server.strip().matches("\\S+:\\d{1,5}"),
          "bootstrapServers",
          "host:port, several divided by commas",
          Shown.of(bootstrapServers));
    }
    for (String owned : OWNED) {
      if (properties.containsKey(owned)) {
        problems.add(
            problems.path("properties")
                + " must not name "
                + owned
                + ", which Chartflow sets itself, got "
                + Shown.of(properties.get(owned)));
      }
    }
    problems.throwIfAny();
  }

  /** The servers, with no further properties. */
  public static KafkaConfig of(String bootstrapServers) {
    return new KafkaConfig(bootstrapServers, Collections.emptySortedMap());
  }
}
