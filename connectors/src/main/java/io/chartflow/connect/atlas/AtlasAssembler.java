package io.chartflow.connect.atlas;

import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.codec.AtlasCodec;
import io.chartflow.model.codec.CodecException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts versions together from the messages of the atlas topic, in whatever order they come, with
 * several versions interleaved, doubled or partly deleted.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>An atlas comes out only when every chunk of its manifest is there and agrees with it.
 *   <li>Versions come out in growing order; messages of {@link #newest()} and before are ignored.
 *   <li>A broken message is reported and not kept; what else was held stays.
 * </ol>
 */
public final class AtlasAssembler {

  private static final int FORMAT = 1;
  private static final int MOST_PARTIALS = 16;

  private final SortedMap<Long, PartialAtlas> partials = new TreeMap<>();
  private long newest;

  /** An assembler that has seen nothing. */
  public AtlasAssembler() {
    this(0);
  }

  /** An assembler that ignores this version and older ones; 0 ignores none. */
  public AtlasAssembler(long newest) {
    this.newest = newest;
  }

  /**
   * Takes a message; a null {@code value} deletes what its key names.
   *
   * @return the atlas that it completes, if that is newer than any before
   * @throws IllegalArgumentException if the message or the atlas is broken; the assembler stays
   *     usable
   */
  public Optional<Atlas> accept(byte @Nullable [] key, byte @Nullable [] value) {
    long before = newest;
    Optional<byte[]> bytes = acceptBytes(key, value);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(decode(newest, bytes.get()));
    } catch (IllegalArgumentException e) {
      newest = before;
      throw e;
    }
  }

  /** The newest version that was completed, or 0. */
  public long newest() {
    return newest;
  }

  /** The parts that wait for others, and {@link #newest()}, as bytes. */
  public byte[] snapshot() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(FORMAT);
      out.writeLong(newest);
      out.writeInt(partials.values().stream().mapToInt(part -> part.messages().size()).sum());
      for (Map.Entry<Long, PartialAtlas> part : partials.entrySet()) {
        for (Map.Entry<Integer, byte[]> message : part.getValue().messages().entrySet()) {
          out.writeLong(part.getKey());
          out.writeInt(message.getKey());
          out.writeInt(message.getValue().length);
          out.write(message.getValue());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory refused a snapshot", e);
    }
    return bytes.toByteArray();
  }

  /** An assembler that goes on where {@code snapshot} was taken. */
  public static AtlasAssembler restore(byte[] snapshot) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(snapshot))) {
      int format = in.readInt();
      if (format != FORMAT) {
        throw new IllegalArgumentException(
            "assembler snapshot: expected format " + FORMAT + ", got " + format);
      }
      AtlasAssembler assembler = new AtlasAssembler(in.readLong());
      int messages = in.readInt();
      for (int i = 0; i < messages; i++) {
        AtlasKey key = new AtlasKey(in.readLong(), in.readInt());
        byte[] value = in.readNBytes(in.readInt());
        assembler.take(key, value);
      }
      return assembler;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "assembler snapshot of " + snapshot.length + " bytes ends too early", e);
    }
  }

  /** As {@link #accept}, without decoding: the bytes of version {@link #newest()}. */
  Optional<byte[]> acceptBytes(byte @Nullable [] messageKey, byte @Nullable [] value) {
    AtlasKey key = AtlasKey.of(messageKey);
    if (key.version() <= newest) {
      return Optional.empty();
    }
    if (value == null) {
      drop(key);
      return Optional.empty();
    }
    PartialAtlas part = take(key, value);
    if (!part.isComplete()) {
      giveUpOldest();
      return Optional.empty();
    }
    partials.remove(key.version());
    byte[] bytes = part.bytes();
    newest = key.version();
    partials.headMap(newest).clear();
    return Optional.of(bytes);
  }

  static Atlas decode(long version, byte[] bytes) {
    Atlas atlas;
    try {
      atlas = AtlasCodec.decode(bytes);
    } catch (CodecException e) {
      throw new IllegalArgumentException("atlas version " + version + ": " + e.getMessage(), e);
    }
    if (atlas.manifest().version() != version) {
      throw new IllegalArgumentException(
          "atlas version " + version + ": its bytes are version " + atlas.manifest().version());
    }
    return atlas;
  }

  private PartialAtlas take(AtlasKey key, byte[] value) {
    PartialAtlas part = partials.computeIfAbsent(key.version(), version -> new PartialAtlas());
    if (key.isManifest()) {
      part.takeManifest(key, value);
    } else {
      part.takeChunk(key, value);
    }
    return part;
  }

  private void drop(AtlasKey key) {
    PartialAtlas part = partials.get(key.version());
    if (part == null) {
      return;
    }
    if (key.isManifest()) {
      partials.remove(key.version());
    } else {
      part.dropChunk(key);
    }
  }

  private void giveUpOldest() {
    if (partials.size() > MOST_PARTIALS) {
      long oldest = partials.firstKey();
      PartialAtlas given = partials.remove(oldest);
      throw new IllegalArgumentException(
          "atlas version "
              + oldest
              + ": given up with "
              + (given == null ? "nothing" : given.progress())
              + ", since parts of "
              + MOST_PARTIALS
              + " newer versions wait too");
    }
  }
}
