package io.chartflow.connect.event;

import java.util.Objects;

/** What a test expects decoding to have given. */
final class Outcome {

  private Outcome() {}

  static Event event(Decoded decoded) {
    return Objects.requireNonNull(decoded.event(), () -> "got " + decoded.deadLetter());
  }

  static DeadLetter deadLetter(Decoded decoded) {
    return Objects.requireNonNull(decoded.deadLetter(), () -> "got " + decoded.event());
  }
}
