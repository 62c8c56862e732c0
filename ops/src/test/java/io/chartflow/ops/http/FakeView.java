package io.chartflow.ops.http;

import io.chartflow.connect.density.DensityStatus;
import io.chartflow.ops.monitor.StatisticsRecord;
import java.util.List;
import java.util.Map;

/** A monitor of made-up state. */
final class FakeView implements MonitorView {

  final StatisticsLog log = new StatisticsLog(120);
  volatile String state = "RUNNING";
  volatile boolean healthy = true;
  volatile boolean broken;
  volatile Map<DensityStatus, Long> read = Map.of();
  volatile long unreadable;
  volatile long late;
  volatile double guardLevel = 5e-3;

  @Override
  public String scrape() {
    return "# TYPE chartflow_monitor_windows_total counter\nchartflow_monitor_windows_total 3.0\n";
  }

  @Override
  public String state() {
    return state;
  }

  @Override
  public boolean healthy() {
    return healthy;
  }

  @Override
  public List<StatisticsRecord> windows(int limit) {
    if (broken) {
      throw new IllegalStateException("this view is broken on purpose");
    }
    return log.latest(limit);
  }

  @Override
  public Map<DensityStatus, Long> read() {
    return read;
  }

  @Override
  public long unreadable() {
    return unreadable;
  }

  @Override
  public long late() {
    return late;
  }

  @Override
  public double alarmRate() {
    return 1e-3;
  }

  @Override
  public double guardLevel() {
    return guardLevel;
  }

  @Override
  public String densitiesTopic() {
    return "densities";
  }

  @Override
  public String deadLettersTopic() {
    return "dead-letters";
  }
}
