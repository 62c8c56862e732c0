package io.chartflow.ops.monitor;

import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * Which window of which source partition a partial is about. In order of windows, both here and as
 * bytes.
 *
 * @param start start of the window; {@link #IDLE} if the partition only says that nothing comes
 * @param partition partition of the densities topic
 */
record PartialId(long start, int partition) {

  /** No window starts here: Kafka knows no negative times. */
  static final long IDLE = -1;

  /** The key of a partition's word that nothing has come for a while; its value is empty. */
  static PartialId idle(int partition) {
    return new PartialId(IDLE, partition);
  }

  boolean isIdle() {
    return start == IDLE;
  }

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
