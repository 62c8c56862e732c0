package io.chartflow.connect.atlas;

import java.io.Serializable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where a scorer's versions come from: all messages of the atlas topic, the first ones again after
 * each start. To an {@link AtlasAssembler} a version that came before is none, so nobody has to
 * remember how far a feed was read.
 */
public interface AtlasFeed extends Serializable {

  /**
   * Begins to bring messages, from any thread, one after the other.
   *
   * @param taker takes each message
   * @param failed takes why no more will come
   * @return ends the feed when closed
   */
  AutoCloseable open(Taker taker, Consumer<RuntimeException> failed);

  /** Takes the messages of a feed. */
  @FunctionalInterface
  interface Taker {

    /** Takes a message of the atlas topic and its offset; a null {@code value} is a tombstone. */
    void take(long offset, byte @Nullable [] key, byte @Nullable [] value);
  }
}
