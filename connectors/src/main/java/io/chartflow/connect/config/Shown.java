package io.chartflow.connect.config;

import org.jspecify.annotations.Nullable;

/** How a message shows what came: text in quotes, long text cut. */
final class Shown {

  private static final int LONGEST = 80;

  private Shown() {}

  static String of(@Nullable Object value) {
    if (value == null) {
      return "nothing";
    }
    String text = String.valueOf(value);
    if (text.length() > LONGEST) {
      text = text.substring(0, LONGEST) + "…";
    }
    return value instanceof CharSequence ? "\"" + text + "\"" : text;
  }
}
