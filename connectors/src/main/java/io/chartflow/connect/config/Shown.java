package io.chartflow.connect.config;

import org.jspecify.annotations.Nullable;

/** How a message shows what came: text in quotes, long text cut. */
final class Shown {

  private static final int LONGEST = 80;

  private Shown() {}

  /** Text in quotes, or the word nothing. */
  static String of(@Nullable String text) {
    return text == null ? "nothing" : "\"" + cut(text) + "\"";
  }

  /** The beginning of a text. */
  static String cut(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }
}
