package io.chartflow.bench.pipeline;

import io.chartflow.connect.config.SchemaConfig;
import io.chartflow.local.data.DataSet;
import io.chartflow.local.data.EventSource;
import io.chartflow.local.produce.EventBytes;

/** Events of a data set as the values of Kafka records, made before anything is measured. */
final class Written {

  private final byte[][] values;

  private Written(byte[][] values) {
    this.values = values;
  }

  /** The first {@code count} events of a seed, in the schema's format. */
  static Written of(SchemaConfig schema, DataSet set, long seed, int count) {
    byte[][] values = new byte[count][];
    EventBytes bytes = EventBytes.of(schema, set);
    try (EventSource source = set.events(seed)) {
      for (int i = 0; i < count; i++) {
        source.next();
        values[i] = bytes.bytes(source);
      }
    }
    return new Written(values);
  }

  /** Number of events. */
  int count() {
    return values.length;
  }

  /** The value of an event; they come again after the last. */
  byte[] value(long i) {
    return values[(int) (i % values.length)];
  }
}
