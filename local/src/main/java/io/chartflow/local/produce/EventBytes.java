package io.chartflow.local.produce;

import io.chartflow.connect.config.SchemaConfig;
import io.chartflow.local.data.DataSet;
import io.chartflow.local.data.EventSource;

/** Events of a data set as values of the events topic. */
@FunctionalInterface
public interface EventBytes {

  /** The value of the event that the source stands at. */
  byte[] bytes(EventSource event);

  /** What writes events of a data set in the format that a schema reads. */
  static EventBytes of(SchemaConfig schema, DataSet set) {
    return switch (schema.format()) {
      case JSON -> EventJson.of(set);
      case PACKED_FLOATS, PACKED_DOUBLES -> new EventPacked(schema);
      case AVRO -> new EventAvro(schema);
    };
  }
}
