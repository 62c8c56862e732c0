package io.chartflow.model.config;

import java.util.List;

/** A configuration that breaks its rules; the message names every broken one. */
public final class ConfigException extends IllegalArgumentException {

  private final transient List<String> problems;

  /** A failure with all of its problems, one sentence each. */
  public ConfigException(List<String> problems) {
    super(
        problems.size() == 1
            ? problems.get(0)
            : problems.size() + " problems:\n  - " + String.join("\n  - ", problems));
    this.problems = List.copyOf(problems);
  }

  /** A failure with all of its problems, and the file or place that they are in. */
  public ConfigException(String where, List<String> problems) {
    super(
        problems.size() == 1
            ? where + ": " + problems.get(0)
            : where
                + ": "
                + problems.size()
                + " problems:\n  - "
                + String.join("\n  - ", problems));
    this.problems = List.copyOf(problems);
  }

  /** One sentence for each broken rule, in the order of the settings. */
  public List<String> problems() {
    return problems;
  }
}
