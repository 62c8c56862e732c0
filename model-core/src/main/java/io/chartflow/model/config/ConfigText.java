package io.chartflow.model.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A configuration as text and back: one line {@code charts.count=64} for every setting, sorted by
 * name; a fraction in hexadecimal ({@link Double#toHexString}), so that it comes back bit for bit
 * and reads the same on every JDK.
 */
public final class ConfigText {

  private ConfigText() {}

  /** The text of a configuration; equal configurations give equal text. */
  public static String write(AtlasConfig config) {
    SortedMap<String, String> lines = new TreeMap<>();
    flatten("", config, lines);
    return lines.entrySet().stream()
        .map(line -> line.getKey() + "=" + line.getValue() + "\n")
        .collect(Collectors.joining());
  }

  /**
   * The configuration of a text. A setting that the text does not name has the value of {@code
   * missing}: what a model did before there was the setting.
   *
   * @throws ConfigException naming a line that is none or a setting that does not exist
   */
  public static AtlasConfig read(String text, AtlasConfig missing) {
    SortedMap<String, String> lines = new TreeMap<>();
    flatten("", missing, lines);
    for (String line : text.split("\n", -1)) {
      int equals = line.indexOf('=');
      if (line.isEmpty()) {
        continue;
      }
      if (equals < 0
          || lines.replace(line.substring(0, equals), line.substring(equals + 1)) == null) {
        throw new ConfigException(List.of("expected a setting of a model, got " + line));
      }
    }
    return (AtlasConfig) build("", AtlasConfig.class, lines);
  }

  private static void flatten(String prefix, Record part, SortedMap<String, String> out) {
    for (RecordComponent component : part.getClass().getRecordComponents()) {
      String name = prefix + component.getName();
      Object value = read(component, part);
      if (value instanceof Record inner) {
        flatten(name + ".", inner, out);
      } else if (value instanceof Double number) {
        out.put(name, Double.toHexString(number));
      } else if (value instanceof List<?> list) {
        out.put(name, list.stream().map(ConfigText::word).collect(Collectors.joining(",")));
      } else {
        out.put(name, word(value));
      }
    }
  }

  private static String word(Object value) {
    return value instanceof Enum<?> constant
        ? constant.name().toLowerCase(Locale.ROOT)
        : String.valueOf(value);
  }

  private static Record build(String prefix, Class<?> type, SortedMap<String, String> lines) {
    List<Class<?>> types = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      String name = prefix + component.getName();
      types.add(component.getType());
      values.add(
          component.getType().isRecord()
              ? build(name + ".", component.getType(), lines)
              : value(name, component.getType(), String.valueOf(lines.get(name))));
    }
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types.toArray(new Class<?>[0]));
      return (Record) constructor.newInstance(values.toArray());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof ConfigException broken) {
        throw broken;
      }
      throw new IllegalStateException("cannot make " + type, e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make " + type, e);
    }
  }

  private static Object value(String name, Class<?> type, String text) {
    try {
      if (type == int.class) {
        return Integer.valueOf(text);
      }
      if (type == long.class) {
        return Long.valueOf(text);
      }
      if (type == double.class) {
        return Double.valueOf(text);
      }
      if (type == List.class) {
        return text.isEmpty()
            ? List.of()
            : Arrays.stream(text.split(",", -1)).map(w -> constant(MarginalKind.class, w)).toList();
      }
      return type.isEnum() ? constant(type, text) : text;
    } catch (IllegalArgumentException e) {
      throw new ConfigException(List.of(name + " cannot be " + text + ": " + e.getMessage()));
    }
  }

  private static Object constant(Class<?> type, String text) {
    for (Object constant : type.getEnumConstants()) {
      if (word(constant).equals(text)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        "expected one of " + Arrays.stream(type.getEnumConstants()).map(ConfigText::word).toList());
  }

  private static Object read(RecordComponent component, Record from) {
    try {
      return component.getAccessor().invoke(from);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component + " of " + from, e);
    }
  }
}
