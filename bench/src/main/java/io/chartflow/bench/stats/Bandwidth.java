package io.chartflow.bench.stats;

import java.util.function.DoubleUnaryOperator;

/**
 * Chooses the bandwidth of a kernel density estimate by cross-validation: the {@code h} of the
 * highest mean held-out log-density, on a grid of a factor of two that is then refined by golden
 * section, to 2 %.
 */
public final class Bandwidth {

  private static final double GOLDEN = 0.5 * (Math.sqrt(5) - 1);
  private static final double ACCURACY = 0.02;

  private Bandwidth() {}

  /** By leaving one point out at a time. */
  public static GaussianKde byLeaveOneOut(GaussianKde kde, double low, double high) {
    return kde.withBandwidth(best(h -> kde.withBandwidth(h).leaveOneOut(), low, high));
  }

  /** Where a score of the bandwidth is highest within {@code [low, high]}. */
  public static double best(DoubleUnaryOperator score, double low, double high) {
    double top = low;
    double highest = Double.NEGATIVE_INFINITY;
    for (double h = low; h <= high; h *= 2) {
      double value = score.applyAsDouble(h);
      if (value > highest) {
        highest = value;
        top = h;
      }
    }
    return refine(score, Math.log(top / 2), Math.log(top * 2));
  }

  private static double refine(DoubleUnaryOperator score, double low, double high) {
    double a = low;
    double b = high;
    double left = b - GOLDEN * (b - a);
    double right = a + GOLDEN * (b - a);
    double leftScore = score.applyAsDouble(Math.exp(left));
    double rightScore = score.applyAsDouble(Math.exp(right));
    while (b - a > ACCURACY) {
      if (leftScore > rightScore) {
        b = right;
        right = left;
        rightScore = leftScore;
        left = b - GOLDEN * (b - a);
        leftScore = score.applyAsDouble(Math.exp(left));
      } else {
        a = left;
        left = right;
        leftScore = rightScore;
        right = a + GOLDEN * (b - a);
        rightScore = score.applyAsDouble(Math.exp(right));
      }
    }
    return Math.exp(0.5 * (a + b));
  }
}
