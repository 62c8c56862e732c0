package io.chartflow.connect.meter;

import java.io.Serializable;
import java.util.List;

/**
 * One meter.
 *
 * @param name in Micrometer's manner, lower case with dots; see {@link #prometheusName()}
 * @param kind what kind of meter it is
 * @param unit what it counts or measures in
 * @param description one sentence, without its full stop
 * @param tags names of its tags
 */
public record Meter(String name, Kind kind, String unit, String description, List<String> tags)
    implements Serializable {

  /** Copies the tags. */
  public Meter {
    tags = List.copyOf(tags);
  }

  /** The kind of a meter. */
  public enum Kind {
    /** Only grows. */
    COUNTER,
    /** The newest value. */
    GAUGE,
    /** Count, sum and spread of many values. */
    SUMMARY
  }

  /**
   * The name without the house and the part, as Flink's metric groups show it: {@code
   * dead_letters}.
   */
  public String flinkName() {
    String afterHouse = name.substring(name.indexOf('.') + 1);
    return afterHouse.substring(afterHouse.indexOf('.') + 1).replace('.', '_');
  }

  /** The name that Prometheus shows when Micrometer exports the meter without a base unit. */
  public String prometheusName() {
    String flat = name.replace('.', '_');
    return kind == Kind.COUNTER ? flat + "_total" : flat;
  }
}
