package io.chartflow.connect.event;

import com.fasterxml.jackson.core.JsonToken;

/** How a message shows contents that came from outside: cut, and on one line. */
final class Quote {

  private Quote() {}

  /** The text, at most {@code longest} characters and an ellipsis, without control characters. */
  static String cut(String text, int longest) {
    boolean isLong = text.length() > longest;
    StringBuilder shown = new StringBuilder(isLong ? text.substring(0, longest) : text);
    for (int i = 0; i < shown.length(); i++) {
      if (Character.isISOControl(shown.charAt(i)) || Character.isSurrogate(shown.charAt(i))) {
        shown.setCharAt(i, '?');
      }
    }
    return isLong ? shown.append('…').toString() : shown.toString();
  }

  /** What a token is, in words. */
  static String kind(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case VALUE_NULL -> "null";
      default -> "something else";
    };
  }
}
