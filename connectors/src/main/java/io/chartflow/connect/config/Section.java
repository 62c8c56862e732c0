package io.chartflow.connect.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.chartflow.model.config.ConfigException;
import io.chartflow.model.config.Problems;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One mapping of the file. Every mistake is noted, and reading goes on with the default, so that
 * one reading finds all mistakes.
 */
final class Section {

  private final Problems problems;
  private final String path;
  private final JsonNode node;
  private final Set<String> known = new LinkedHashSet<>();

  Section(Problems problems, String path, JsonNode node) {
    this.problems = problems;
    this.path = path;
    if (!isAbsent(node) && !node.isObject()) {
      problems.require(false, path.isEmpty() ? "the file" : path, "a mapping", shown(node));
    }
    this.node = node.isObject() ? node : MissingNode.getInstance();
  }

  /** The value under this key, and from now on the key is known. */
  JsonNode get(String name) {
    known.add(name);
    return node.path(name);
  }

  /** The mapping under this key. */
  Section section(String name) {
    return new Section(problems, pathOf(name), get(name));
  }

  /** The value under this key as this type, or the default where there is none or a wrong one. */
  @Nullable Object value(String name, Class<?> type, @Nullable Object fallback) {
    JsonNode value = get(name);
    if (value.isNull() || (fallback == null ? isAbsent(value) : value.isMissingNode())) {
      return fallback;
    }
    Object converted = Scalars.convert(value, type).orElse(null);
    problems.require(converted != null, pathOf(name), Scalars.rule(type), shown(value));
    return converted == null ? fallback : converted;
  }

  /** The same for text that has no default: its absence is noted. */
  @Nullable String requiredText(String name, String rule) {
    JsonNode value = get(name);
    if (isAbsent(value)) {
      problems.require(false, pathOf(name), rule, "nothing");
      return null;
    }
    return (String) value(name, String.class, null);
  }

  /**
   * The record whose components are this mapping's keys; null if it broke its own rules, which are
   * noted.
   */
  <R extends Record> @Nullable R record(R defaults) {
    @SuppressWarnings("unchecked") // the class of an R is a Class<R> for a record, which is final
    Class<R> type = (Class<R>) defaults.getClass();
    RecordComponent[] components = type.getRecordComponents();
    @Nullable Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      String name = components[i].getName();
      values[i] = value(name, components[i].getType(), read(components[i], defaults));
    }
    refuseUnknown();
    return make(type, components, values);
  }

  /** Notes every key that nobody asked for. */
  void refuseUnknown() {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                problems.add(
                    pathOf(name)
                        + " must not be there, since it is none of the settings "
                        + String.join(", ", known)
                        + (path.isEmpty() ? "" : " of " + path)
                        + ", got "
                        + shown(node.path(name)));
              }
            });
  }

  String pathOf(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** Whether there is nothing; a key without a value may come as empty text. */
  static boolean isAbsent(JsonNode value) {
    return value.isMissingNode()
        || value.isNull()
        || (value.isTextual() && value.textValue().isEmpty());
  }

  static String shown(JsonNode value) {
    if (isAbsent(value)) {
      return "nothing";
    }
    return value.isTextual() ? Shown.of(value.textValue()) : Shown.cut(value.toString());
  }

  private <R extends Record> @Nullable R make(
      Class<R> type, RecordComponent[] components, @Nullable Object[] values) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<R> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof ConfigException broken) {
        problems.addAll(broken);
        return null;
      }
      throw new IllegalStateException("cannot make " + type + " of section " + path, e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make " + type + " of section " + path, e);
    }
  }

  private static @Nullable Object read(RecordComponent component, Record from) {
    try {
      return component.getAccessor().invoke(from);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component + " of " + from, e);
    }
  }
}
