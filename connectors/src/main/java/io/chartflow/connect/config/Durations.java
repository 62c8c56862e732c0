package io.chartflow.connect.config;

import io.chartflow.model.config.Problems;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as a configuration file writes them: {@code 20ms}, {@code 5s}, {@code 2m}. */
public final class Durations {

  /** What a message says that a duration looks like. */
  public static final String RULE = "a duration such as 20ms, 5s, 2m, 1h, 1d or PT0.02S";

  private static final Pattern SHORT = Pattern.compile("(\\d{1,15})\\s*(ms|s|m|h|d)");

  private Durations() {}

  /** The duration that a text says, if it says one. */
  public static Optional<Duration> parse(String text) {
    Matcher matcher = SHORT.matcher(text.strip().toLowerCase(Locale.ROOT));
    try {
      if (!matcher.matches()) {
        return Optional.of(Duration.parse(text.strip()));
      }
      long amount = Long.parseLong(matcher.group(1));
      return Optional.of(
          switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
          });
    } catch (java.time.format.DateTimeParseException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** {@code 20ms}, {@code 5s}: the form that {@link #parse} reads, in the largest whole unit. */
  static String show(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1000 != 0 || millis == 0) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds % 60 != 0) {
      return seconds + "s";
    }
    if (seconds % 3600 != 0) {
      return seconds / 60 + "m";
    }
    return seconds % 86_400 == 0 ? seconds / 86_400 + "d" : seconds / 3600 + "h";
  }

  static void between(Problems problems, String name, Duration value, Duration low, Duration high) {
    problems.require(
        value.compareTo(low) >= 0 && value.compareTo(high) <= 0,
        name,
        "between " + show(low) + " and " + show(high),
        show(value));
  }
}
