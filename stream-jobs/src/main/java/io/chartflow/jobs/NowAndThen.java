package io.chartflow.jobs;

/**
 * Bounds how often something is told, and counts what was not: a topic full of bad records must not
 * fill a disk with log lines.
 */
public final class NowAndThen {

  private static final long MILLIS_BETWEEN_LINES = 10_000;

  private final long millisBetween;
  private long untold;
  private boolean toldBefore;
  private long toldAtMillis;

  /** At most one line in ten seconds. */
  public NowAndThen() {
    this(MILLIS_BETWEEN_LINES);
  }

  /** At most one line in this many milliseconds. */
  NowAndThen(long millisBetween) {
    this.millisBetween = millisBetween;
  }

  /** Counts one more; how many are to be told now, this one included, or 0 to be silent. */
  public long untoldAt(long nowMillis) {
    untold++;
    if (toldBefore && nowMillis - toldAtMillis < millisBetween) {
      return 0;
    }
    long count = untold;
    untold = 0;
    toldBefore = true;
    toldAtMillis = nowMillis;
    return count;
  }
}
