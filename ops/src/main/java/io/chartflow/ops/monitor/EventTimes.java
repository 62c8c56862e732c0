package io.chartflow.ops.monitor;

import io.chartflow.connect.density.DensityRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The time of a density record is its event time; a record that did not decode, or whose event time
 * lies before 1970 (Kafka knows no such timestamps), has its Kafka timestamp, and failing that the
 * partition's time so far. Never negative, so Kafka Streams drops nothing behind our back.
 */
public final class EventTimes implements TimestampExtractor {

  /** For Kafka Streams, which makes it. */
  public EventTimes() {}

  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    if (record.value() instanceof DensityInput input) {
      DensityRecord density = input.density();
      if (density != null && density.eventTime() >= 0) {
        return density.eventTime();
      }
    }
    return record.timestamp() >= 0 ? record.timestamp() : Math.max(0, partitionTime);
  }
}
