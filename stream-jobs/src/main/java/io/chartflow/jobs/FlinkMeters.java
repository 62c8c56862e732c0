package io.chartflow.jobs;

import io.chartflow.connect.meter.Meter;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * Registers the house's meters with a metric group of Flink: {@code chartflow.trainer.dead.letters}
 * becomes {@code dead_letters} in the groups {@code chartflow}, {@code trainer}. Counters begin at
 * 0 with each start of a task.
 */
public final class FlinkMeters {

  /** How many of the last values a summary is of. */
  private static final int WINDOW = 1024;

  private final MetricGroup group;

  /** Meters of the task or operator that owns the group. */
  public FlinkMeters(MetricGroup group) {
    this.group = group;
  }

  /** A counter. */
  public Counter counter(Meter meter) {
    return groupOf(meter).counter(meter.flinkName());
  }

  /** A counter for each value of the meter's one tag. */
  public <E extends Enum<E>> Map<E, Counter> counters(Meter meter, Class<E> values) {
    String tag = meter.tags().get(0);
    Map<E, Counter> counters = new EnumMap<>(values);
    for (E value : values.getEnumConstants()) {
      counters.put(value, groupOf(meter).addGroup(tag, value.name()).counter(meter.flinkName()));
    }
    return counters;
  }

  /** A gauge; {@code value} is read by another thread than the task's. */
  public <T> void gauge(Meter meter, Gauge<T> value) {
    groupOf(meter).gauge(meter.flinkName(), value);
  }

  /** A summary of the last values. */
  public Histogram summary(Meter meter) {
    return groupOf(meter).histogram(meter.flinkName(), new DescriptiveStatisticsHistogram(WINDOW));
  }

  private MetricGroup groupOf(Meter meter) {
    String part = meter.name();
    MetricGroup inner = group;
    for (int dots = 0; dots < 2; dots++) {
      int dot = part.indexOf('.');
      inner = inner.addGroup(part.substring(0, dot));
      part = part.substring(dot + 1);
    }
    return inner;
  }
}
