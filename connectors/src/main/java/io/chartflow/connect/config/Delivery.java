package io.chartflow.connect.config;

/** What a reader of the densities may count on after a failure. */
public enum Delivery {
  /** Each density once under {@code read_committed}; visible with the next checkpoint. */
  EXACTLY_ONCE,
  /**
   * Each density at least once, some again after a restart, under the same topic, partition and
   * offset of the event; visible as soon as it is written.
   */
  AT_LEAST_ONCE
}
