package io.chartflow.bench.stats;

import java.util.Arrays;

/** How far values are from a uniform distribution on [0, 1]. */
public final class UniformDistance {

  private UniformDistance() {}

  /** The Kolmogorov–Smirnov distance {@code sup_u |F_n(u) − u|}. */
  public static double kolmogorovSmirnov(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double n = sorted.length;
    double largest = 0;
    for (int i = 0; i < sorted.length; i++) {
      largest = Math.max(largest, Math.max((i + 1) / n - sorted[i], sorted[i] - i / n));
    }
    return largest;
  }
}
