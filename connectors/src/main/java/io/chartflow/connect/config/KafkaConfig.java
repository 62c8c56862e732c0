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

  private static final String SERVERS = "\\s*[^\\s,]+:\\d{1,5}\\s*(,\\s*[^\\s,]+:\\d{1,5}\\s*)*";

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
    problems.require(
        bootstrapServers.matches(SERVERS),
        "bootstrapServers",
        "host:port, several divided by commas",
        Shown.of(bootstrapServers));
    for (String owned : OWNED) {
      if (properties.containsKey(owned)) {
        // Without the value: nobody needs it here, and it may be a secret.
        problems.add(
            problems.path("properties")
                + " must not name "
                + owned
                + ", which Chartflow sets itself");
      }
    }
    problems.throwIfAny();
  }

  /** The servers, with no further properties. */
  public static KafkaConfig of(String bootstrapServers) {
    return new KafkaConfig(bootstrapServers, Collections.emptySortedMap());
  }

  /** Names the properties and not their values, which may be passwords. */
  @Override
  public String toString() {
    return "KafkaConfig[bootstrapServers="
        + bootstrapServers
        + ", properties="
        + properties.keySet()
        + "]";
  }
}
