package io.chartflow.ops.http;

import io.chartflow.ops.monitor.MonitorObserver;
import io.chartflow.ops.monitor.StatisticsRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The newest windows, open ones among them, each as it was last seen. Safe for many threads. */
public final class StatisticsLog implements MonitorObserver {

  private final int capacity;
  private final TreeMap<Long, StatisticsRecord> windows = new TreeMap<>();

  /** Keeps so many windows. */
  public StatisticsLog(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity must be at least 1, got " + capacity);
    }
    this.capacity = capacity;
  }

  @Override
  public synchronized void window(StatisticsRecord window) {
    windows.put(window.windowStart(), window);
    while (windows.size() > capacity) {
      windows.pollFirstEntry();
    }
  }

  /** The newest windows, at most so many, oldest first. */
  public synchronized List<StatisticsRecord> latest(int limit) {
    List<StatisticsRecord> latest = new ArrayList<>();
    for (StatisticsRecord window : windows.descendingMap().values()) {
      if (latest.size() == limit) {
        break;
      }
      latest.add(0, window);
    }
    return List.copyOf(latest);
  }
}
