package io.chartflow.jobs;

import io.chartflow.connect.meter.Meter;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** A metric group that remembers the counters of its whole tree, by their dotted names. */
public final class RecordedMeters extends UnregisteredMetricsGroup {

  private final Map<String, Counter> counters;
  private final String prefix;

  /** A group with nothing in it. */
  public RecordedMeters() {
    this(new TreeMap<>(), "");
  }

  private RecordedMeters(Map<String, Counter> counters, String prefix) {
    this.counters = counters;
    this.prefix = prefix;
  }

  /** What a counter without tags stands at. */
  public long count(Meter meter) {
    String part = meter.name().substring(0, meter.name().indexOf('.', "chartflow.".length()) + 1);
    return Objects.requireNonNull(counters.get(part + meter.flinkName())).getCount();
  }

  /** What the counter of this value of the meter's tag stands at. */
  public long count(Meter meter, String tagged) {
    String part = meter.name().substring(0, meter.name().indexOf('.', "chartflow.".length()) + 1);
    String name = part + meter.tags().get(0) + "." + tagged + "." + meter.flinkName();
    return Objects.requireNonNull(counters.get(name)).getCount();
  }

  @Override
  public Counter counter(String name) {
    return counters.computeIfAbsent(prefix + name, full -> new SimpleCounter());
  }

  @Override
  public MetricGroup addGroup(String name) {
    return new RecordedMeters(counters, prefix + name + ".");
  }

  @Override
  public MetricGroup addGroup(String key, String value) {
    return addGroup(key).addGroup(value);
  }
}
