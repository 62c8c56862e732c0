package io.chartflow.connect.atlas;

import io.chartflow.model.atlas.Atlas;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts versions together from the messages of the atlas topic. */
public final class AtlasAssembler {

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
   * Takes a message.
   *
   * @return the atlas that it completes, if that is newer than any before
   * @throws IllegalArgumentException if the message or the atlas is broken; the assembler stays
   *     usable
   */
  public Optional<Atlas> accept(byte @Nullable [] key, byte @Nullable [] value) {
    return Optional.empty();
  }

  /** The newest version that was completed, or 0. */
  public long newest() {
    return newest;
  }

  /** The parts that wait for others, and {@link #newest()}, as bytes. */
  public byte[] snapshot() {
    return new byte[0];
  }

  /** An assembler that goes on where {@code snapshot} was taken. */
  public static AtlasAssembler restore(byte[] snapshot) {
    return new AtlasAssembler(snapshot.length);
  }
}
