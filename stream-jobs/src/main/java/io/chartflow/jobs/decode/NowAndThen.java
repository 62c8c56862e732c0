package io.chartflow.jobs.decode;

/** Bounds how often something is told, and counts what was not. */
final class NowAndThen {

  private final long millisBetween;
  private long untold;
  private boolean toldBefore;
  private long toldAtMillis;

  /** At most one telling in this many milliseconds. */
  NowAndThen(long millisBetween) {
    this.millisBetween = millisBetween;
  }

  /** Counts one more; how many are to be told now, this one included, or 0 to be silent. */
  long untoldAt(long nowMillis) {
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
