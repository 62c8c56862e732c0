package io.chartflow.connect.topic;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A message that a sink writes. Arrays are not copied. */
public final class KafkaMessage {

  private final String topic;
  private final byte @Nullable [] key;
  private final byte @Nullable [] value;
  private final @Nullable Long timestamp;
  private final Map<String, byte[]> headers;

  /**
   * A message; a null {@code value} is a tombstone, a null {@code timestamp} the time of sending.
   */
  public KafkaMessage(
      String topic,
      byte @Nullable [] key,
      byte @Nullable [] value,
      @Nullable Long timestamp,
      Map<String, byte[]> headers) {
    this.topic = topic;
    this.key = key;
    this.value = value;
    this.timestamp = timestamp;
    this.headers =
        headers.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** A message without headers, of the time of sending. */
  public static KafkaMessage of(
      String topic, byte @Nullable [] key, byte @Nullable [] value, @Nullable Long timestamp) {
    return new KafkaMessage(topic, key, value, timestamp, Map.of());
  }

  /** The topic to write to. */
  public String topic() {
    return topic;
  }

  /** The key's bytes, or null. */
  public byte @Nullable [] key() {
    return key;
  }

  /** The value's bytes, or null for a tombstone. */
  public byte @Nullable [] value() {
    return value;
  }

  /** Milliseconds since the epoch, or null for the time of sending. */
  public @Nullable Long timestamp() {
    return timestamp;
  }

  /** The headers in their order, not to be changed. */
  public Map<String, byte[]> headers() {
    return headers;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KafkaMessage that
        && topic.equals(that.topic)
        && Arrays.equals(key, that.key)
        && Arrays.equals(value, that.value)
        && Objects.equals(timestamp, that.timestamp)
        && sameHeaders(that.headers);
  }

  @Override
  public int hashCode() {
    return (topic.hashCode() * 31 + Arrays.hashCode(key)) * 31 + Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return topic
        + " key="
        + (key == null ? "none" : key.length + " bytes")
        + " value="
        + (value == null ? "none" : value.length + " bytes")
        + " headers="
        + headers.keySet();
  }

  private boolean sameHeaders(Map<String, byte[]> others) {
    if (!headers.keySet().equals(others.keySet())) {
      return false;
    }
    return headers.entrySet().stream()
        .allMatch(entry -> Arrays.equals(entry.getValue(), others.get(entry.getKey())));
  }
}
