package io.chartflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pearson's test that counts come from probabilities: {@code Σ (n_b − n·p_b)²/(n·p_b)}, about
 * {@code dof ± √(2·dof)} if they do. Bins that expect fewer than five are put together.
 *
 * @param statistic the sum
 * @param dof degrees of freedom, one fewer than bins
 */
record ChiSquare(double statistic, int dof) {

  private static final double FEW = 5;

  /**
   * @param counts of each bin
   * @param weights of each bin, in proportion to its probability
   */
  static ChiSquare of(int[] counts, double[] weights) {
    double n = java.util.Arrays.stream(counts).sum();
    double total = java.util.Arrays.stream(weights).sum();
    double sum = 0;
    double restCount = 0;
    double restExpected = 0;
    int bins = 0;
    for (int b = 0; b < counts.length; b++) {
      double expected = n * weights[b] / total;
      if (expected < FEW) {
        restCount += counts[b];
        restExpected += expected;
      } else {
        sum += Math.pow(counts[b] - expected, 2) / expected;
        bins++;
      }
    }
    if (restExpected > 0.5) {
      sum += Math.pow(restCount - restExpected, 2) / restExpected;
      bins++;
    }
    return new ChiSquare(sum, bins - 1);
  }

  /** Four standard deviations: one in some ten thousand draws of the right distribution fails. */
  void assertFits(int leastBins) {
    assertThat(dof).isGreaterThanOrEqualTo(leastBins - 1);
    assertThat(statistic)
        .as("chi-square of %d degrees of freedom", dof)
        .isLessThan(dof + 4 * Math.sqrt(2.0 * dof));
  }
}
