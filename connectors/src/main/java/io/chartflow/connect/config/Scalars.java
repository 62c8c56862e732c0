package io.chartflow.connect.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a value of the file is as a value of a setting: number, text, duration, constant. */
final class Scalars {

  private Scalars() {}

  /** The value as this type; empty if it is none. */
  static Optional<Object> convert(JsonNode node, Class<?> type) {
    if (type == int.class) {
      return whole(node, Integer.MIN_VALUE, Integer.MAX_VALUE).map(Long::intValue);
    }
    if (type == long.class) {
      return whole(node, Long.MIN_VALUE, Long.MAX_VALUE).map(value -> value);
    }
    if (type == double.class) {
      return number(node).map(value -> value);
    }
    if (type == boolean.class) {
      return node.isBoolean() ? Optional.of(node.booleanValue()) : Optional.empty();
    }
    if (type == Duration.class) {
      return node.isTextual() ? Durations.parse(node.textValue()).map(d -> d) : Optional.empty();
    }
    if (type == String.class) {
      return node.isTextual() ? Optional.of(node.textValue()) : Optional.empty();
    }
    if (type.isEnum()) {
      return constant(node, type);
    }
    throw new IllegalArgumentException("no setting has the type " + type.getName());
  }

  /** What a message says that a value of this type is. */
  static String rule(Class<?> type) {
    if (type == int.class || type == long.class) {
      return "a whole number";
    }
    if (type == double.class) {
      return "a number";
    }
    if (type == boolean.class) {
      return "true or false";
    }
    if (type == Duration.class) {
      return Durations.RULE;
    }
    return type.isEnum() ? "one of " + String.join(", ", constants(type)) : "text";
  }

  /** {@code 1e6} is a whole number too, though YAML has it for a fraction. */
  private static Optional<Long> whole(JsonNode node, long low, long high) {
    if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
      return Optional.empty();
    }
    try {
      long value = node.decimalValue().longValueExact();
      return value >= low && value <= high ? Optional.of(value) : Optional.empty();
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static Optional<Double> number(JsonNode node) {
    return node.isNumber() ? Optional.of(node.doubleValue()) : Optional.empty();
  }

  private static Optional<Object> constant(JsonNode node, Class<?> type) {
    int at = constants(type).indexOf(node.asText().toLowerCase(Locale.ROOT));
    return at < 0 ? Optional.empty() : Optional.of(type.getEnumConstants()[at]);
  }

  private static List<String> constants(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .toList();
  }
}
