package io.chartflow.connect.config;

/** How an event tells its time. */
public enum TimeFormat {
  /** Milliseconds since the epoch, a number. */
  MILLIS,
  /** Seconds since the epoch, a number that may have a fraction. */
  SECONDS,
  /** ISO-8601 text with a zone or offset: {@code 2026-01-31T12:00:00Z}. */
  ISO
}
