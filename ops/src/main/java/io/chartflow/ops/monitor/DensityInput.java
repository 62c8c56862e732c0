package io.chartflow.ops.monitor;

import io.chartflow.connect.density.DensityJson;
import io.chartflow.connect.density.DensityRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/**
 * A value of the {@code densities} topic as the monitor takes it: the bytes, and either the record
 * in them or what is wrong with them. The deserializer never throws, so no value can stop the
 * monitor; exactly one of {@link #density()} and {@link #problem()} is non-null.
 */
final class DensityInput {

  private final byte[] bytes;
  private final @Nullable DensityRecord density;
  private final @Nullable String problem;

  private DensityInput(byte[] bytes, @Nullable DensityRecord density, @Nullable String problem) {
    this.bytes = bytes;
    this.density = density;
    this.problem = problem;
  }

  static DensityInput of(byte @Nullable [] bytes) {
    if (bytes == null || bytes.length == 0) {
      return new DensityInput(new byte[0], null, "expected a density record, got no value");
    }
    try {
      return new DensityInput(bytes, DensityJson.fromBytes(bytes), null);
    } catch (IllegalArgumentException e) {
      return new DensityInput(bytes, null, String.valueOf(e.getMessage()));
    }
  }

  /** The value as it lay in the topic. */
  byte[] bytes() {
    return bytes;
  }

  /** The record, or null if the bytes hold none. */
  @Nullable DensityRecord density() {
    return density;
  }

  /** Why the bytes hold no record, or null. */
  @Nullable String problem() {
    return problem;
  }

  /** Reads inputs; the monitor never writes one, so its serializer hands the bytes on. */
  static Serde<DensityInput> serde() {
    Deserializer<DensityInput> deserializer = (topic, bytes) -> of(bytes);
    return Serdes.serdeFrom((topic, input) -> input.bytes(), deserializer);
  }
}
