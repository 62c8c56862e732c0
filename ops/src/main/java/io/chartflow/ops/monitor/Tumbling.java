package io.chartflow.ops.monitor;

import java.time.Duration;

/**
 * Event-time windows of one length, side by side, aligned to the epoch. A window is closed once the
 * stream's time has passed its end by the grace; what comes for it afterwards is late.
 *
 * @param size length of a window in milliseconds
 * @param grace how long after its end a window takes events, in milliseconds of event time
 */
record Tumbling(long size, long grace) {

  Tumbling {
    if (size <= 0) {
      throw new IllegalArgumentException("window must be positive, got " + size + " ms");
    }
    if (grace < 0) {
      throw new IllegalArgumentException("grace must not be negative, got " + grace + " ms");
    }
  }

  static Tumbling of(Duration window, Duration grace) {
    return new Tumbling(window.toMillis(), grace.toMillis());
  }

  /** Start of the window that holds this time. */
  long startOf(long time) {
    return Math.floorDiv(time, size) * size;
  }

  /** End of the window that starts here; the end itself belongs to the next window. */
  long endOf(long start) {
    return start + size;
  }

  /** Whether the window that starts here takes no more events at this stream time. */
  boolean isClosed(long start, long streamTime) {
    return endOf(start) + grace <= streamTime;
  }
}
