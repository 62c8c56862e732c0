package io.chartflow.connect.event;

import java.io.IOException;

/** Reads the values of one format. Used by one thread, for one event after the other. */
interface EventReader {

  /** What a value has to be, as a message says it: {@code one JSON object in UTF-8}. */
  String expected();

  /** The same in fewer words, for a record that has no value at all. */
  default String briefly() {
    return expected();
  }

  /**
   * Reads a value into {@code found}, which was cleared.
   *
   * @throws IOException if the value is not of the format, saying what came and where
   */
  void read(byte[] value, EventFields found) throws IOException;
}
