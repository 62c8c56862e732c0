package io.chartflow.connect.event;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A Kafka record as it lay in its topic: bytes and where they came from. Arrays are not copied. */
public final class RawEvent {

  private final String topic;
  private final int partition;
  private final long offset;
  private final long timestamp;
  private final byte @Nullable [] key;
  private final byte @Nullable [] value;

  /** A record; {@code timestamp} in milliseconds as Kafka told it, -1 if it told none. */
  public RawEvent(
      String topic,
      int partition,
      long offset,
      long timestamp,
      byte @Nullable [] key,
      byte @Nullable [] value) {
    this.topic = topic;
    this.partition = partition;
    this.offset = offset;
    this.timestamp = timestamp;
    this.key = key;
    this.value = value;
  }

  /** The source topic. */
  public String topic() {
    return topic;
  }

  /** The source partition. */
  public int partition() {
    return partition;
  }

  /** The offset in the source partition. */
  public long offset() {
    return offset;
  }

  /** Kafka's timestamp in milliseconds, or -1. */
  public long timestamp() {
    return timestamp;
  }

  /** The key's bytes, or null. */
  public byte @Nullable [] key() {
    return key;
  }

  /** The value's bytes, or null for a tombstone. */
  public byte @Nullable [] value() {
    return value;
  }

  /** {@code topic-partition@offset}, as errors name it. */
  public String position() {
    return topic + "-" + partition + "@" + offset;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RawEvent that
        && topic.equals(that.topic)
        && partition == that.partition
        && offset == that.offset
        && timestamp == that.timestamp
        && Arrays.equals(key, that.key)
        && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return topic.hashCode() * 31 + Long.hashCode(offset) * 17 + partition;
  }

  @Override
  public String toString() {
    return position();
  }
}
