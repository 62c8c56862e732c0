package io.chartflow.jobs.score;

import io.chartflow.connect.atlas.AtlasAssembler;
import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.codec.AtlasCodec;
import java.util.Optional;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The newest atlas that a subtask has, the parts of the next one, and both in broadcast state.
 *
 * <p>Broadcast state is written by every subtask and handed to every subtask of a restart, so that
 * each has its atlas at once, also when there are more of them than before.
 */
final class AtlasKeeper {

  /** The state: {@link #ATLAS} and {@link #PARTS}. */
  static final MapStateDescriptor<String, byte[]> STATE =
      new MapStateDescriptor<>(
          "atlas", StringSerializer.INSTANCE, BytePrimitiveArraySerializer.INSTANCE);

  private static final String ATLAS = "atlas";
  private static final String PARTS = "parts";

  private final BroadcastState<String, byte[]> state;
  private final int dimension;
  private final AtlasAssembler assembler;
  private @Nullable Atlas atlas;

  /**
   * Takes up what the state holds.
   *
   * @param dimension number of features of the events
   * @param first the atlas to begin with where the state has none, encoded, or null
   */
  AtlasKeeper(BroadcastState<String, byte[]> state, int dimension, byte @Nullable [] first)
      throws Exception {
    this.state = state;
    this.dimension = dimension;
    if (!state.contains(ATLAS) && first != null) {
      state.put(ATLAS, first);
    }
    byte[] bytes = state.get(ATLAS);
    this.atlas = bytes == null ? null : AtlasCodec.decode(bytes);
    byte[] parts = state.get(PARTS);
    this.assembler =
        parts == null
            ? new AtlasAssembler(atlas == null ? 0 : atlas.manifest().version())
            : AtlasAssembler.restore(parts);
  }

  /** The newest atlas, if there is one. */
  Optional<Atlas> atlas() {
    return Optional.ofNullable(atlas);
  }

  /**
   * Takes a record of the atlas topic.
   *
   * @return the atlas that it completes, if it is newer than the one before
   * @throws IllegalArgumentException if the record or the atlas is of no use; nothing changes then
   */
  Optional<Atlas> accept(byte @Nullable [] key, byte @Nullable [] value) throws Exception {
    Optional<Atlas> newer = assembler.accept(key, value);
    if (newer.isPresent()) {
      int its = newer.get().config().dimension();
      if (its != dimension) {
        throw new IllegalArgumentException(
            "version "
                + newer.get().manifest().version()
                + " is of events with "
                + its
                + " features, expected "
                + dimension
                + " as the schema says");
      }
      state.put(ATLAS, AtlasCodec.encode(newer.get()));
      atlas = newer.get();
    }
    return newer;
  }

  /** Brings the state up to date. */
  void snapshot() throws Exception {
    state.put(PARTS, assembler.snapshot());
  }
}
