package io.chartflow.ops.monitor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * Statistics records as JSON with snake-case names. {@code format} is the version of the format:
 *
 * <ul>
 *   <li>Version 1: the components of {@link StatisticsRecord}. Fields that a reader does not know
 *       are ignored, so components may be added without a new version.
 * </ul>
 */
public final class StatisticsJson {

  private static final int FORMAT = 1;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private StatisticsJson() {}

  /** The record as a JSON object. */
  public static ObjectNode toTree(StatisticsRecord record) {
    ObjectNode tree = MAPPER.createObjectNode().put("format", FORMAT);
    tree.setAll(MAPPER.<ObjectNode>valueToTree(record));
    return tree;
  }

  /** The record as bytes of JSON. */
  public static byte[] toBytes(StatisticsRecord record) {
    try {
      return MAPPER.writeValueAsBytes(toTree(record));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The record in these bytes.
   *
   * @throws IllegalArgumentException if there is none, or one of a later format
   */
  public static StatisticsRecord fromBytes(byte[] bytes) {
    try {
      JsonNode tree = MAPPER.readTree(bytes);
      int format = tree.path("format").asInt(-1);
      if (format != FORMAT) {
        throw new IllegalArgumentException(
            "statistics record: this build reads format 1, got " + tree.path("format"));
      }
      return MAPPER.treeToValue(tree, StatisticsRecord.class);
    } catch (IOException e) {
      throw new IllegalArgumentException("statistics record: " + e.getMessage(), e);
    }
  }

  /** A serde for Kafka; null stands for null. */
  static Serde<StatisticsRecord> serde() {
    return Serdes.serdeFrom((topic, record) -> toBytes(record), (topic, bytes) -> fromBytes(bytes));
  }
}
