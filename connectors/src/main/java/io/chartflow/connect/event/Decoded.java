package io.chartflow.connect.event;

import org.jspecify.annotations.Nullable;

/**
 * What decoding gave: exactly one of the two is there.
 *
 * @param event the event, or null
 * @param deadLetter why there is none, or null
 */
public record Decoded(@Nullable Event event, @Nullable DeadLetter deadLetter) {

  /** Refuses both and neither. */
  public Decoded {
    if ((event == null) == (deadLetter == null)) {
      throw new IllegalArgumentException("expected either an event or a dead letter");
    }
  }

  /** An event. */
  public static Decoded of(Event event) {
    return new Decoded(event, null);
  }

  /** A dead letter. */
  public static Decoded of(DeadLetter deadLetter) {
    return new Decoded(null, deadLetter);
  }
}
