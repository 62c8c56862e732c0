package io.chartflow.connect.atlas;

import io.chartflow.connect.topic.KafkaMessage;
import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.atlas.AtlasManifest;
import io.chartflow.model.codec.AtlasCodec;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Takes a version apart into messages of the atlas topic: a manifest of key {@code 7/manifest},
 * then chunks of keys {@code 7/0}, {@code 7/1} and so on, whose values are the encoded atlas in
 * order.
 */
public final class AtlasChunks {

  /** Bytes of a chunk: half of the message size that brokers accept by default. */
  public static final int DEFAULT_CHUNK_BYTES = 512 << 10;

  private AtlasChunks() {}

  /** The manifest's message, then the chunks' in order. */
  public static List<KafkaMessage> split(Atlas atlas, String topic, int maxChunkBytes) {
    return split(atlas.manifest(), AtlasCodec.encode(atlas), topic, maxChunkBytes);
  }

  /** The same for an atlas that is encoded already. */
  public static List<KafkaMessage> split(
      AtlasManifest manifest, byte[] encoded, String topic, int maxChunkBytes) {
    if (maxChunkBytes < 1 || encoded.length == 0) {
      throw new IllegalArgumentException(
          "expected an atlas and chunks of at least a byte, got "
              + encoded.length
              + " bytes in chunks of "
              + maxChunkBytes);
    }
    long version = manifest.version();
    List<Long> crcs = new ArrayList<>();
    List<KafkaMessage> messages = new ArrayList<>();
    for (int from = 0; from < encoded.length; from += maxChunkBytes) {
      byte[] chunk =
          Arrays.copyOfRange(encoded, from, Math.min(encoded.length, from + maxChunkBytes));
      messages.add(message(topic, new AtlasKey(version, crcs.size()), chunk));
      crcs.add(ChunkedManifest.crc(chunk, 0, chunk.length));
    }
    ChunkedManifest chunked = new ChunkedManifest(version, encoded.length, crcs, sha256(encoded));
    AtlasKey key = new AtlasKey(version, AtlasKey.MANIFEST);
    messages.add(0, message(topic, key, chunked.toJson(manifest)));
    return messages;
  }

  /** Messages that delete a version: its manifest, then its {@code chunkCount} chunks. */
  public static List<KafkaMessage> tombstones(long version, int chunkCount, String topic) {
    List<KafkaMessage> messages = new ArrayList<>(chunkCount + 1);
    for (int chunk = AtlasKey.MANIFEST; chunk < chunkCount; chunk++) {
      messages.add(KafkaMessage.of(topic, new AtlasKey(version, chunk).toBytes(), null, null));
    }
    return messages;
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static KafkaMessage message(String topic, AtlasKey key, byte[] value) {
    return KafkaMessage.of(topic, key.toBytes(), value, null);
  }
}
