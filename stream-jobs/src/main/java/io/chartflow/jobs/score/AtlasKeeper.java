package io.chartflow.jobs.score;

import io.chartflow.connect.atlas.AtlasAssembler;
import io.chartflow.connect.config.SchemaConfig;
import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.codec.AtlasCodec;
import io.chartflow.model.config.AtlasConfig;
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
 * each has its atlas at once, also when there are more of them than before. Subtasks read the atlas
 * topic each for itself, so at a checkpoint one may be a version ahead of another, for a moment.
 */
final class AtlasKeeper {

  /** The state: {@link #ATLAS} and {@link #PARTS}. */
  static final MapStateDescriptor<String, byte[]> STATE =
      new MapStateDescriptor<>(
          "atlas", StringSerializer.INSTANCE, BytePrimitiveArraySerializer.INSTANCE);

  private static final String ATLAS = "atlas";
  private static final String PARTS = "parts";

  private final BroadcastState<String, byte[]> state;
  private final SchemaConfig schema;
  private final AtlasAssembler assembler;
  private @Nullable Atlas atlas;

  /**
   * Takes up what the state holds.
   *
   * @param schema of the events
   * @param first the atlas to begin with where the state has none, encoded, or null
   */
  AtlasKeeper(BroadcastState<String, byte[]> state, SchemaConfig schema, byte @Nullable [] first)
      throws Exception {
    this.state = state;
    this.schema = schema;
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
      Optional<String> misfit = misfit(newer.get(), schema);
      if (misfit.isPresent()) {
        throw new IllegalArgumentException(misfit.get());
      }
      state.put(ATLAS, AtlasCodec.encode(newer.get()));
      atlas = newer.get();
    }
    return newer;
  }

  /** Why an atlas cannot score events of this schema, if it cannot. */
  static Optional<String> misfit(Atlas atlas, SchemaConfig schema) {
    AtlasConfig config = atlas.config();
    String version = "version " + atlas.manifest().version();
    if (config.dimension() != schema.dimension()) {
      return Optional.of(
          "%s is of events with %d features, expected %d as the schema says"
              .formatted(version, config.dimension(), schema.dimension()));
    }
    boolean leavesOut = config.flow().isAutoregressive() && !config.embedding().isPresent();
    if (schema.marginalises() && !leavesOut) {
      return Optional.of(
          "%s has the layers %s, expected ones that can leave out the fields that the schema marginalises"
              .formatted(version, config.flow().layers()));
    }
    return Optional.empty();
  }

  /** Brings the state up to date. */
  void snapshot() throws Exception {
    state.put(PARTS, assembler.snapshot());
  }
}
