package io.chartflow.connect.event;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A decoded event: its vector, its time, its key and where it came from. Arrays are not copied. */
public final class Event {

  private final String topic;
  private final int partition;
  private final long offset;
  private final long eventTime;
  private final byte @Nullable [] key;
  private final double[] values;

  /** An event; {@code eventTime} in milliseconds since the epoch. */
  public Event(
      String topic,
      int partition,
      long offset,
      long eventTime,
      byte @Nullable [] key,
      double[] values) {
    this.topic = topic;
    this.partition = partition;
    this.offset = offset;
    this.eventTime = eventTime;
    this.key = key;
    this.values = values;
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

  /** Milliseconds since the epoch: the schema's time field, else Kafka's timestamp. */
  public long eventTime() {
    return eventTime;
  }

  /** The key's bytes, or null. */
  public byte @Nullable [] key() {
    return key;
  }

  /**
   * The features in the schema's order, dequantised where the schema declares a resolution; NaN
   * where the event lacks one that its schema lets it lack.
   */
  public double[] values() {
    return values;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Event that
        && topic.equals(that.topic)
        && partition == that.partition
        && offset == that.offset
        && eventTime == that.eventTime
        && Arrays.equals(key, that.key)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return topic.hashCode() * 31 + Long.hashCode(offset) * 17 + partition;
  }

  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset + Arrays.toString(values);
  }
}
