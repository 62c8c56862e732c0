package io.chartflow.model.marginal;

/**
 * Robust scales of a feature, from its sorted values: what a normal distribution with the same
 * range between two quantiles would have as σ.
 */
final class Spread {

  /** Outer shares of the sample, and how many σ of a normal lie between them. */
  private static final double[][] RANGES = {{0.25, 1.3490}, {0.05, 3.2897}, {0.005, 5.1517}};

  private Spread() {}

  static double median(double[] sorted) {
    int n = sorted.length;
    return n % 2 == 1 ? sorted[n / 2] : sorted[n / 2 - 1] / 2 + sorted[n / 2] / 2;
  }

  /**
   * The scale of the middle: of the inner half of the values, or if they are all one, of the inner
   * 90 %, 99 %; else the median distance from the median of those that differ from it; else {@code
   * max(1, |median|)}. Never 0.
   */
  static double core(double[] sorted) {
    for (double[] range : RANGES) {
      double scale = range(sorted, range[0]) / range[1];
      if (scale > 0) {
        return scale;
      }
    }
    double rare = ofRare(sorted);
    return rare > 0 ? rare : Math.max(1, Math.abs(median(sorted)));
  }

  /**
   * The largest of the three scales, so that a cluster of more than 1 in 200 values counts, however
   * far it lies; if all are 0, the median distance from the median of the values that differ from
   * it. 0 for a constant.
   */
  static double whole(double[] sorted) {
    double scale = 0;
    for (double[] range : RANGES) {
      scale = Math.max(scale, range(sorted, range[0]) / range[1]);
    }
    return scale > 0 ? scale : ofRare(sorted);
  }

  /** From the first to the last value when the outer share, but at least one, is left off. */
  private static double range(double[] sorted, double share) {
    int off = (int) Math.ceil(share * sorted.length);
    return 2 * off >= sorted.length ? 0 : sorted[sorted.length - 1 - off] - sorted[off];
  }

  private static double ofRare(double[] sorted) {
    double median = median(sorted);
    double[] distances =
        java.util.Arrays.stream(sorted)
            .map(value -> Math.abs(value - median))
            .filter(distance -> distance > 0)
            .sorted()
            .toArray();
    return distances.length == 0 ? 0 : distances[distances.length / 2];
  }
}
