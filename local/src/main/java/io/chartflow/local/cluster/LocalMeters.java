package io.chartflow.local.cluster;

import io.chartflow.connect.meter.Meter;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * The house's counters and gauges of the tasks of one cluster in this VM, read where they are kept.
 * Flink makes the reporter by its factory, which finds the cluster's own by the name in its
 * configuration.
 */
public final class LocalMeters implements MetricReporter {

  static final String CLUSTER = "cluster";

  private static final Map<String, LocalMeters> BY_CLUSTER = new ConcurrentHashMap<>();
  private static final String HOUSE = ".chartflow.";

  private final Map<Counter, String> counters = new ConcurrentHashMap<>();
  private final Map<String, Gauge<?>> gauges = new ConcurrentHashMap<>();

  private LocalMeters() {}

  /** The meters of the cluster with this name. */
  static LocalMeters of(String cluster) {
    return BY_CLUSTER.computeIfAbsent(cluster, name -> new LocalMeters());
  }

  /** Forgets a cluster. */
  static void forget(String cluster) {
    BY_CLUSTER.remove(cluster);
  }

  /** The sum over all running tasks and all values of the meter's tags. */
  long sum(Meter meter) {
    long sum = 0;
    for (Map.Entry<Counter, String> each : counters.entrySet()) {
      String name = each.getValue();
      if (name.equals(flinkName(meter)) || isTagged(name, meter)) {
        sum += each.getKey().getCount();
      }
    }
    return sum;
  }

  /** A gauge of the newest task that has it, NaN if none has. */
  double value(Meter meter) {
    Gauge<?> gauge = gauges.get(flinkName(meter));
    return gauge != null && gauge.getValue() instanceof Number number
        ? number.doubleValue()
        : Double.NaN;
  }

  /** With a tag the name is {@code chartflow.trainer.reason.EMPTY.dead_letters}. */
  private static boolean isTagged(String name, Meter meter) {
    if (meter.tags().isEmpty()) {
      return false;
    }
    return name.startsWith(part(meter)) && name.endsWith("." + meter.flinkName());
  }

  /** {@code chartflow.trainer.}: the groups that a meter lies in. */
  private static String part(Meter meter) {
    return meter.name().substring(0, meter.name().indexOf('.', HOUSE.length() - 1) + 1);
  }

  private static String flinkName(Meter meter) {
    return part(meter) + meter.flinkName();
  }

  @Override
  public void open(MetricConfig config) {}

  @Override
  public void close() {
    counters.clear();
    gauges.clear();
  }

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    String full = String.join(".", group.getScopeComponents()) + "." + name;
    int house = full.lastIndexOf(HOUSE);
    if (house < 0) {
      return;
    }
    if (metric instanceof Counter counter) {
      counters.put(counter, full.substring(house + 1));
    } else if (metric instanceof Gauge<?> gauge) {
      gauges.put(full.substring(house + 1), gauge);
    }
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
    if (metric instanceof Counter counter) {
      counters.remove(counter);
    } else if (metric instanceof Gauge<?> gauge) {
      gauges.values().remove(gauge);
    }
  }

  /** Found by Flink among the services of the class path. */
  public static final class Factory implements MetricReporterFactory {

    @Override
    public MetricReporter createMetricReporter(Properties properties) {
      return of(properties.getProperty(CLUSTER, ""));
    }
  }
}
