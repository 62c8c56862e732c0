package io.chartflow.bench.pipeline;

import java.util.ArrayList;
import java.util.List;

/** How many events were done when. One thread adds; {@link #last} may be asked from others. */
final class Marks {

  private final List<Mark> marks = new ArrayList<>();
  private volatile long last;

  /** Adds that {@code more} events are done; nothing happens for 0. */
  void add(long nanos, long more) {
    if (more > 0) {
      marks.add(new Mark(nanos, last + more));
      last = last + more;
    }
  }

  /** Events done. */
  long last() {
    return last;
  }

  /**
   * Events a second in the steady state: from the first look at which a share {@code from} of all
   * was done to the last before everything was, since the last events may wait for a batch to fill;
   * NaN for fewer than two looks.
   */
  double rate(double from) {
    Mark first = null;
    Mark end = null;
    for (Mark each : marks) {
      if (first == null && each.count >= from * last) {
        first = each;
      } else if (first != null && (each.count < last || end == null)) {
        end = each;
      }
    }
    return first == null || end == null
        ? Double.NaN
        : (end.count - first.count) / ((end.nanos - first.nanos) * 1e-9);
  }

  private record Mark(long nanos, long count) {}
}
