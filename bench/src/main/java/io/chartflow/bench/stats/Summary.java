package io.chartflow.bench.stats;

import java.util.Arrays;
import java.util.List;

/**
 * What several runs of one thing say.
 *
 * @param mean over runs
 * @param halfWidth of the 95 % interval of the mean by Student's t; NaN for one run
 * @param deviation standard deviation over runs, with {@code n − 1}; NaN for one run
 * @param median over runs
 * @param lowest of the runs
 * @param highest of the runs
 * @param runs how many
 */
public record Summary(
    double mean,
    double halfWidth,
    double deviation,
    double median,
    double lowest,
    double highest,
    int runs) {

  /** Of nothing. */
  public static final Summary NONE =
      new Summary(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0);

  private static final double CONFIDENCE = 0.95;

  /**
   * Sums up.
   *
   * @throws IllegalArgumentException if there is no value
   */
  public static Summary of(List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("expected at least one value, got none");
    }
    int n = values.size();
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double mean = Arrays.stream(sorted).sum() / n;
    double median = n % 2 == 1 ? sorted[n / 2] : 0.5 * (sorted[n / 2 - 1] + sorted[n / 2]);
    if (n == 1) {
      return new Summary(mean, Double.NaN, Double.NaN, median, mean, mean, 1);
    }
    double squares = Arrays.stream(sorted).map(v -> (v - mean) * (v - mean)).sum();
    double deviation = Math.sqrt(squares / (n - 1));
    double halfWidth = StudentT.twoSided(CONFIDENCE, n - 1) * deviation / Math.sqrt(n);
    return new Summary(mean, halfWidth, deviation, median, sorted[0], sorted[n - 1], n);
  }
}
