package io.chartflow.ops.monitor;

import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * Which window of which source partition a partial is about. In order of windows, both here and as
 * bytes.
 *
 * @param start start of the window
 * @param partition partition of the densities topic
 */
record PartialId(long start, int partition) {

  static Serde<PartialId> serde() {
    return Serdes.serdeFrom(
        (topic, id) ->
            ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                .putLong(id.start)
                .putInt(id.partition)
                .array(),
        (topic, bytes) -> {
          ByteBuffer in = ByteBuffer.wrap(bytes);
          return new PartialId(in.getLong(), in.getInt());
        });
  }
}
