package io.chartflow.bench.pipeline;

import java.util.Arrays;

/**
 * Times in nanoseconds, all kept, in an array that is there before the first comes: while one grew,
 * it was copied, by the reader and by the collector, and what came meanwhile was late.
 */
final class Delays {

  private long[] nanos;
  private int count;

  /** None yet; {@code expected} is how many will come. */
  Delays(int expected) {
    nanos = new long[expected];
  }

  void add(long delay) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count + 1);
    }
    nanos[count++] = delay;
  }

  /** These without the first so many, in milliseconds. */
  Quantiles after(int warmup) {
    long[] sorted = Arrays.copyOfRange(nanos, Math.min(warmup, count), count);
    Arrays.sort(sorted);
    return new Quantiles(
        sorted.length,
        at(sorted, 0.5),
        at(sorted, 0.9),
        at(sorted, 0.99),
        at(sorted, 0.999),
        at(sorted, 1));
  }

  private static double at(long[] sorted, double share) {
    int i = (int) Math.ceil(share * sorted.length) - 1;
    return sorted.length == 0 ? Double.NaN : sorted[Math.max(0, i)] * 1e-6;
  }

  /** Milliseconds that a share of events took at most. */
  record Quantiles(long events, double p50, double p90, double p99, double p999, double max) {}
}
