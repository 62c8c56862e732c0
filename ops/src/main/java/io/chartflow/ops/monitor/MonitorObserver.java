package io.chartflow.ops.monitor;

/**
 * Sees every window as it grows, about once a second, and once more when it is {@link
 * StatisticsRecord#complete() complete}; after a restart the windows of before come first. Called
 * from the monitor's threads before the transaction commits: good for showing, not for keeping.
 */
@FunctionalInterface
public interface MonitorObserver {

  /** The window as it stands now; replaces what was said about the same window before. */
  void window(StatisticsRecord window);
}
