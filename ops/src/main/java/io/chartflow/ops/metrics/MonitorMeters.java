package io.chartflow.ops.metrics;

import io.chartflow.connect.density.DensityStatus;
import io.chartflow.connect.meter.Meter;
import io.chartflow.connect.meter.MeterNames;
import io.chartflow.ops.monitor.MonitorMetrics;
import io.chartflow.ops.monitor.StatisticsRecord;
import io.chartflow.ops.monitor.StatisticsRecord.AtlasAge;
import io.chartflow.ops.monitor.StatisticsRecord.LogDensity;
import io.chartflow.ops.monitor.StatisticsRecord.PValues;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The monitor's meters, all of {@link MeterNames#MONITOR} and no others. Counters are there from
 * the start; the gauges are about the window that closed last, and one that has nothing to say (no
 * window yet, no p-values) is absent from the scrape, never zero or NaN.
 */
public final class MonitorMeters implements MonitorMetrics, AutoCloseable {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<DensityStatus, Counter> read = new EnumMap<>(DensityStatus.class);
  private final Counter unreadable = counter(MeterNames.MONITOR_UNREADABLE, Tags.empty());
  private final Counter late = counter(MeterNames.MONITOR_LATE, Tags.empty());
  private final Counter windows = counter(MeterNames.MONITOR_WINDOWS, Tags.empty());
  private final Counter anomalies = counter(MeterNames.MONITOR_ANOMALIES, Tags.empty());
  private final Counter guarded = counter(MeterNames.MONITOR_GUARDED, Tags.empty());
  private final Counter incomplete = counter(MeterNames.MONITOR_INCOMPLETE, Tags.empty());
  private final Map<Meter, MultiGauge> gauges = new HashMap<>();

  /** Meters of their own registry. */
  public MonitorMeters() {
    for (DensityStatus status : DensityStatus.values()) {
      read.put(
          status,
          counter(MeterNames.MONITOR_DENSITIES, Tags.of(MeterNames.TAG_STATUS, status.name())));
    }
    for (Meter meter : MeterNames.MONITOR) {
      if (meter.kind() == Meter.Kind.GAUGE) {
        MultiGauge gauge =
            MultiGauge.builder(meter.name()).description(meter.description()).register(registry);
        gauges.put(meter, gauge);
      }
    }
  }

  /** The meters in Prometheus' text format. */
  public String scrape() {
    return registry.scrape();
  }

  /** Records read since the start, by status. */
  public Map<DensityStatus, Long> read() {
    Map<DensityStatus, Long> counts = new EnumMap<>(DensityStatus.class);
    read.forEach((status, counter) -> counts.put(status, (long) counter.count()));
    return counts;
  }

  /** Records since the start that held no density record. */
  public long unreadableCount() {
    return (long) unreadable.count();
  }

  /** Records since the start that came after their window had closed. */
  public long lateCount() {
    return (long) late.count();
  }

  @Override
  public void read(DensityStatus status) {
    Counter counter = read.get(status);
    if (counter != null) {
      counter.increment();
    }
  }

  @Override
  public void unreadable() {
    unreadable.increment();
  }

  @Override
  public void late(long records) {
    late.increment((double) records);
  }

  @Override
  public void closed(StatisticsRecord window) {
    windows.increment();
    increment(anomalies, window.anomalies());
    increment(guarded, window.guarded());
    increment(incomplete, window.incomplete());
    set(MeterNames.MONITOR_ANOMALY_SHARE, window.anomalyShare());
    LogDensity logDensity = window.logDensity();
    AtlasAge atlas = window.atlas();
    set(MeterNames.MONITOR_WINDOW_COUNT, logDensity == null ? 0.0 : (double) logDensity.count());
    set(MeterNames.MONITOR_LOG_DENSITY_MEAN, logDensity == null ? null : logDensity.mean());
    set(
        MeterNames.MONITOR_LOG_DENSITY_QUANTILE,
        MeterNames.TAG_QUANTILE,
        logDensity == null ? Map.of() : quantiles(logDensity));
    set(
        MeterNames.MONITOR_P_VALUE_SHARE,
        MeterNames.TAG_LEVEL,
        window.pValues() == null ? Map.of() : levels(window.pValues()));
    Map<String, Double> masses = new LinkedHashMap<>();
    window.charts().forEach(chart -> masses.put(Integer.toString(chart.chart()), chart.mass()));
    set(MeterNames.MONITOR_CHART_MASS, MeterNames.TAG_CHART, masses);
    set(MeterNames.MONITOR_ATLAS_VERSION, atlas == null ? null : (double) atlas.version());
    Long age = atlas == null ? null : atlas.ageMillis();
    set(MeterNames.MONITOR_ATLAS_AGE, age == null ? null : age / 1000.0);
    set(MeterNames.MONITOR_ATLAS_AGE_EVENTS, atlas == null ? null : (double) atlas.ageEvents());
    set(MeterNames.MONITOR_IN_SAMPLE_SHARE, window.inSampleShare());
  }

  @Override
  public void close() {
    registry.close();
  }

  private static Map<String, Double> quantiles(LogDensity logDensity) {
    return Map.of(
        "0.01", logDensity.q01(),
        "0.1", logDensity.q10(),
        "0.5", logDensity.q50(),
        "0.9", logDensity.q90(),
        "0.99", logDensity.q99());
  }

  private static Map<String, Double> levels(PValues pValues) {
    return Map.of("0.1", pValues.below10(), "0.01", pValues.below1(), "0.001", pValues.below01());
  }

  private Counter counter(Meter meter, Tags tags) {
    return Counter.builder(meter.name())
        .description(meter.description())
        .tags(tags)
        .register(registry);
  }

  private static void increment(Counter counter, @Nullable Long by) {
    counter.increment(by == null ? 0.0 : (double) by);
  }

  private void set(Meter meter, @Nullable Double value) {
    List<MultiGauge.Row<?>> rows =
        value == null ? List.of() : List.of(MultiGauge.Row.of(Tags.empty(), value));
    register(meter, rows);
  }

  private void set(Meter meter, String tag, Map<String, Double> values) {
    register(
        meter,
        values.entrySet().stream()
            .<MultiGauge.Row<?>>map(
                entry -> MultiGauge.Row.of(Tags.of(tag, entry.getKey()), entry.getValue()))
            .toList());
  }

  private void register(Meter meter, List<MultiGauge.Row<?>> rows) {
    MultiGauge gauge = gauges.get(meter);
    if (gauge == null) {
      throw new IllegalArgumentException(meter.name() + " is no gauge of the monitor");
    }
    gauge.register(Collections.unmodifiableList(rows), true);
  }
}
