package io.chartflow.local.cluster;

import io.chartflow.connect.meter.Meter;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * The house's counters of the tasks of one cluster in this VM, read where they are counted. Flink
 * makes the reporter by its factory, which finds the cluster's own by the name in its
 * configuration.
 */
public final class LocalCounters implements MetricReporter {

  static final String CLUSTER = "cluster";

  private static final Map<String, LocalCounters> BY_CLUSTER = new ConcurrentHashMap<>();
  private static final String HOUSE = ".chartflow.";

  private final Map<Counter, String> counters = new ConcurrentHashMap<>();

  private LocalCounters() {}

  /** The counters of the cluster with this name. */
  static LocalCounters of(String cluster) {
    return BY_CLUSTER.computeIfAbsent(cluster, name -> new LocalCounters());
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
      if (name.equals(meter.name()) || isTagged(name, meter)) {
        sum += each.getKey().getCount();
      }
    }
    return sum;
  }

  /** With a tag the name is {@code chartflow.trainer.reason.EMPTY.dead_letters}. */
  private static boolean isTagged(String name, Meter meter) {
    if (meter.tags().isEmpty()) {
      return false;
    }
    String part = meter.name().substring(0, meter.name().indexOf('.', HOUSE.length() - 1) + 1);
    return name.startsWith(part) && name.endsWith("." + meter.flinkName());
  }

  @Override
  public void open(MetricConfig config) {}

  @Override
  public void close() {
    counters.clear();
  }

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    if (metric instanceof Counter counter) {
      String full = String.join(".", group.getScopeComponents()) + "." + name;
      int house = full.lastIndexOf(HOUSE);
      if (house >= 0) {
        counters.put(counter, full.substring(house + 1));
      }
    }
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
    if (metric instanceof Counter counter) {
      counters.remove(counter);
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
