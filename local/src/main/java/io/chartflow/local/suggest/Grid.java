package io.chartflow.local.suggest;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Finds the step in which a source measures: values that repeat and lie on a grid, up to the last
 * digit that is printed. Minutes as hours with four decimals lie on a grid of 1/60.
 */
final class Grid {

  /** Of this many values, more than this share must repeat: else a grid is only the last digit. */
  private static final double REPEATING = 0.1;

  private static final int MOST_DECIMALS = 9;
  private static final double NEAR = 1e-3;

  private Grid() {}

  /** The step of these values, sorted; empty where they are continuous or all the same. */
  static OptionalDouble step(double[] sorted) {
    double[] distinct = Arrays.stream(sorted).distinct().toArray();
    if (distinct.length < 2 || distinct.length > (1 - REPEATING) * sorted.length) {
      return OptionalDouble.empty();
    }
    int decimals = 0;
    for (double value : distinct) {
      decimals = Math.max(decimals, BigDecimal.valueOf(value).stripTrailingZeros().scale());
    }
    if (decimals > MOST_DECIMALS) {
      return OptionalDouble.empty();
    }
    double tolerance = 0.6 * Math.pow(10, -decimals);
    return refine(distinct, smallestGap(distinct, tolerance), tolerance);
  }

  private static double smallestGap(double[] distinct, double tolerance) {
    double gap = Double.POSITIVE_INFINITY;
    for (int i = 1; i < distinct.length; i++) {
      double here = distinct[i] - distinct[i - 1];
      gap = here > tolerance ? Math.min(gap, here) : gap;
    }
    return gap;
  }

  /** Stretches the first gap over ever longer distances, so that its rounding averages out. */
  private static OptionalDouble refine(double[] distinct, double gap, double tolerance) {
    double step = gap;
    for (int i = 1; i < distinct.length; i++) {
      double distance = distinct[i] - distinct[0];
      double count = Math.rint(distance / step);
      if (count >= 1 && Math.abs(distance - count * step) <= Math.max(tolerance, step / 4)) {
        step = distance / count;
      }
    }
    double nice = nice(step);
    for (double value : distinct) {
      double count = Math.rint((value - distinct[0]) / nice);
      if (Math.abs(value - distinct[0] - count * nice) > 2 * tolerance) {
        return OptionalDouble.empty();
      }
    }
    return OptionalDouble.of(nice);
  }

  /** A step that is a decimal, or a whole part of one, as such. */
  private static double nice(double step) {
    double unit = Math.pow(10, Math.floor(Math.log10(step)));
    double decimal = Math.rint(step / unit * 100) / 100 * unit;
    if (Math.abs(decimal - step) <= NEAR * NEAR * step) {
      return BigDecimal.valueOf(decimal).round(new java.math.MathContext(6)).doubleValue();
    }
    double parts = Math.rint(1 / step);
    return parts >= 1 && Math.abs(1 / parts - step) <= NEAR * step ? 1 / parts : step;
  }
}
