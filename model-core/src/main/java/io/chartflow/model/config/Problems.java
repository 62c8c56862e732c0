package io.chartflow.model.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects every broken rule of a configuration, so that all are told at once. A message says the
 * name, the rule and what came: {@code charts.m must be between 1 and charts.count=32, got 40}.
 */
public final class Problems {

  private final String section;
  private final List<String> messages = new ArrayList<>();

  /** Problems of the section with this dotted name; an empty name for the top level. */
  public Problems(String section) {
    this.section = section;
  }

  /** Demands {@code rule} of the named setting; {@code got} is what the message shows. */
  public Problems require(boolean holds, String name, String rule, Object got) {
    if (!holds) {
      messages.add(path(name) + " must be " + rule + ", got " + got);
    }
    return this;
  }

  /** Demands an integer in {@code [low, high]}. */
  public Problems between(String name, long value, long low, long high) {
    return require(value >= low && value <= high, name, "between " + low + " and " + high, value);
  }

  /** Demands a finite number in {@code [low, high]}. */
  public Problems between(String name, double value, double low, double high) {
    return require(
        Double.isFinite(value) && value >= low && value <= high,
        name,
        "between " + low + " and " + high,
        value);
  }

  /** Demands a finite number above zero. */
  public Problems positive(String name, double value) {
    return require(Double.isFinite(value) && value > 0, name, "positive", value);
  }

  /** Adds a message as it stands. */
  public Problems add(String message) {
    messages.add(message);
    return this;
  }

  /** Adds every message of a failed part. */
  public Problems addAll(ConfigException failure) {
    messages.addAll(failure.problems());
    return this;
  }

  /** The dotted path of a setting of this section. */
  public String path(String name) {
    return section.isEmpty() ? name : section + "." + name;
  }

  /** Whether nothing was broken so far. */
  public boolean isEmpty() {
    return messages.isEmpty();
  }

  /**
   * @throws ConfigException with every message and the file that they are about, if there is any
   */
  public void throwIfAny(String where) {
    if (!messages.isEmpty()) {
      throw new ConfigException(where, messages);
    }
  }

  /**
   * @throws ConfigException with every message, if there is any
   */
  public void throwIfAny() {
    if (!messages.isEmpty()) {
      throw new ConfigException(messages);
    }
  }
}
