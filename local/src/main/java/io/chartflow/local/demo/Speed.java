package io.chartflow.local.demo;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Events a second: of the last seconds, and of the second half of a bounded run. */
final class Speed {

  /** Output becomes visible checkpoint by checkpoint: a window has to span several. */
  private static final Duration WINDOW = Duration.ofSeconds(8);

  private final Deque<Mark> marks = new ArrayDeque<>();
  private Mark half = new Mark(Duration.ZERO, 0);
  private boolean halfPassed;
  private Mark last = new Mark(Duration.ZERO, 0);

  /** Adds how many events were done at a time, out of {@code target} or 0. */
  void add(Duration at, long done, long target) {
    last = new Mark(at, done);
    marks.addLast(last);
    while (marks.size() > 2 && marks.getFirst().at.compareTo(at.minus(WINDOW)) < 0) {
      marks.removeFirst();
    }
    if (!halfPassed && target > 0 && done >= target / 2) {
      half = last;
      halfPassed = true;
    }
  }

  /** Of the last seconds. */
  double recent() {
    Mark first = marks.peekFirst();
    return first == null ? 0 : between(first, last);
  }

  /**
   * From when half of a bounded run was done to its end, when everything runs and is compiled; NaN
   * for a run that was too short to tell.
   */
  double steady() {
    return halfPassed && last.done > half.done ? between(half, last) : Double.NaN;
  }

  private static double between(Mark from, Mark to) {
    double seconds = to.at.minus(from.at).toNanos() / 1e9;
    return seconds <= 0 ? 0 : (to.done - from.done) / seconds;
  }

  private record Mark(Duration at, long done) {}
}
