package io.chartflow.ops.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of an address after the question mark. */
final class Query {

  private final Map<String, String> values = new HashMap<>();

  Query(@Nullable String raw) {
    if (raw == null) {
      return;
    }
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        values.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
  }

  /**
   * A whole number.
   *
   * @throws IllegalArgumentException if it is none or out of bounds
   */
  int number(String name, int missing, int min, int max) {
    String value = values.get(name);
    if (value == null) {
      return missing;
    }
    if (!value.matches("\\d{1,9}")
        || Integer.parseInt(value) < min
        || Integer.parseInt(value) > max) {
      throw new IllegalArgumentException(
          "%s must be a whole number between %d and %d, got \"%s\""
              .formatted(name, min, max, value));
    }
    return Integer.parseInt(value);
  }

  private static String decode(String part) {
    return URLDecoder.decode(part, StandardCharsets.UTF_8);
  }
}
