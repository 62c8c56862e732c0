package io.chartflow.connect.atlas;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The messages of one version that have come so far. */
final class PartialAtlas {

  private final SortedMap<Integer, byte[]> chunks = new TreeMap<>();
  private byte @Nullable [] manifestJson;
  private @Nullable ChunkedManifest manifest;

  /**
   * Takes the manifest, or another one of the same version in its place. Chunks that it does not
   * mean are dropped.
   *
   * @throws IllegalArgumentException if it is broken, or if it is the first and chunks were dropped
   */
  void takeManifest(AtlasKey key, byte[] json) {
    ChunkedManifest next = ChunkedManifest.of(key, json);
    boolean first = manifest == null;
    manifest = next;
    manifestJson = json;
    List<String> faults = new ArrayList<>();
    for (Integer number : List.copyOf(chunks.keySet())) {
      try {
        next.check(new AtlasKey(key.version(), number), present(chunks.get(number)));
      } catch (IllegalArgumentException e) {
        chunks.remove(number);
        faults.add(String.valueOf(e.getMessage()));
      }
    }
    if (first && !faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", faults));
    }
  }

  /**
   * Takes a chunk; one that came before is replaced.
   *
   * @throws IllegalArgumentException if the manifest is here and does not mean it
   */
  void takeChunk(AtlasKey key, byte[] chunk) {
    if (manifest != null) {
      manifest.check(key, chunk);
    }
    chunks.put(key.chunk(), chunk);
  }

  void dropChunk(AtlasKey key) {
    chunks.remove(key.chunk());
  }

  boolean isComplete() {
    return manifest != null && chunks.size() == manifest.chunks();
  }

  /** {@code 2 of 5 chunks}, for messages. */
  String progress() {
    return chunks.size() + " of " + (manifest == null ? "?" : manifest.chunks()) + " chunks";
  }

  /**
   * The encoded atlas.
   *
   * @throws IllegalArgumentException if its length or digest is not the manifest's
   */
  byte[] bytes() {
    ChunkedManifest meant = present(manifest);
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    chunks.values().forEach(joined::writeBytes);
    byte[] bytes = joined.toByteArray();
    String digest = AtlasChunks.sha256(bytes);
    if (bytes.length != meant.bytes() || !digest.equals(meant.sha256())) {
      throw new IllegalArgumentException(
          "atlas version "
              + meant.version()
              + ": expected "
              + meant.bytes()
              + " bytes of SHA-256 "
              + meant.sha256()
              + ", got "
              + bytes.length
              + " of "
              + digest);
    }
    return bytes;
  }

  /** Every message that is held, by the number of its chunk. */
  Map<Integer, byte[]> messages() {
    Map<Integer, byte[]> messages = new TreeMap<>(chunks);
    if (manifestJson != null) {
      messages.put(AtlasKey.MANIFEST, manifestJson);
    }
    return messages;
  }

  private static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("asked for the bytes of an atlas that is not complete");
    }
    return value;
  }
}
