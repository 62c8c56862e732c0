package io.chartflow.connect.atlas;

import io.chartflow.connect.topic.KafkaMessage;
import io.chartflow.model.atlas.Atlas;
import java.util.List;

/** Takes a version apart into messages of the atlas topic. */
public final class AtlasChunks {

  /** Bytes of a chunk: half of the message size that brokers accept by default. */
  public static final int DEFAULT_CHUNK_BYTES = 512 << 10;

  private AtlasChunks() {}

  /** The manifest's message, then the chunks' in order. */
  public static List<KafkaMessage> split(Atlas atlas, String topic, int maxChunkBytes) {
    throw new UnsupportedOperationException(
        "being built for " + atlas.manifest() + topic + maxChunkBytes);
  }

  /** Messages that delete a version: its manifest, then its {@code chunkCount} chunks. */
  public static List<KafkaMessage> tombstones(long version, int chunkCount, String topic) {
    throw new UnsupportedOperationException("being built for " + version + chunkCount + topic);
  }
}
