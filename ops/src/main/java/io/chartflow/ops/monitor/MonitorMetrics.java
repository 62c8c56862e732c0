package io.chartflow.ops.monitor;

import io.chartflow.connect.density.DensityStatus;

/** What the monitor counts while it works, in the monitor's own words. Called from its threads. */
public interface MonitorMetrics {

  /** Counts nothing. */
  MonitorMetrics NONE =
      new MonitorMetrics() {
        @Override
        public void read(DensityStatus status) {}

        @Override
        public void unreadable() {}

        @Override
        public void late(long records) {}

        @Override
        public void closed(StatisticsRecord window) {}
      };

  /** A density record was read. */
  void read(DensityStatus status);

  /** A record of the density topic held no density record, or one from the future. */
  void unreadable();

  /** Density records came after their window had closed and are in no statistics. */
  void late(long records);

  /** A window closed. */
  void closed(StatisticsRecord window);
}
