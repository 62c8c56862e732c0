package io.chartflow.model.marginal;

import io.chartflow.model.config.MarginalKind;
import io.chartflow.model.linalg.Doubles;
import io.chartflow.model.random.Normal;
import java.util.Arrays;
import java.util.function.DoubleFunction;

/**
 * Fits the transform of a feature to its sorted values.
 *
 * <ul>
 *   <li>{@code ASINH}: centred at the median, scaled by the range of the inner half over 1.349,
 *       which is σ of a normal.
 *   <li>{@code SPLINE}: from quantiles to normal scores, {@value #KNOTS} knots at even steps of the
 *       log-odds of their rank; the outer ones leave {@value #BEYOND} values on each side. Values
 *       that occur more than once are one knot, at the score of the middle of their ranks. A bin is
 *       at least 1e-12 scales wide, and its mean slope at most 1e6 over the scale. Each tail is a
 *       line or a logarithm, as the values beyond the outer knot ask for.
 * </ul>
 *
 * <p>A constant feature gets a line of the slope {@code 1/max(1, |value|)}.
 */
final class MarginalFit {

  private static final int KNOTS = 24;
  private static final int BEYOND = 16;
  private static final double STEEPEST = 1e6;
  private static final double NARROWEST = 1e-12;

  /** From a line, right for the tail of a normal, to what fits a Cauchy distribution and beyond. */
  private static final double[] BENDS = {0, 0.25, 0.5, 1, 2, 4, 8};

  private MarginalFit() {}

  /**
   * The transform for a feature with these values.
   *
   * @param sorted finite values in rising order, at least one
   */
  static Marginal fit(MarginalKind kind, double[] sorted) {
    return switch (kind) {
      case NONE -> Marginal.none();
      case ASINH -> new AsinhMarginal(Spread.median(sorted), Spread.core(sorted));
      case SPLINE -> spline(sorted);
    };
  }

  private static Marginal spline(double[] sorted) {
    double scale = Spread.core(sorted);
    double[] x = knots(sorted, NARROWEST * scale);
    if (x.length == 1) {
      return new SplineMarginal(doubles(x[0]), doubles(0), doubles(1 / scale), doubles(0, 0));
    }
    double[] y = new double[x.length];
    double[] secants = new double[x.length - 1];
    double before = score(sorted, x[0]);
    y[0] = before;
    for (int b = 1; b < x.length; b++) {
      double score = score(sorted, x[b]);
      double width = x[b] - x[b - 1];
      secants[b - 1] = Math.min(STEEPEST / scale, (score - before) / width);
      y[b] = y[b - 1] + secants[b - 1] * width;
      before = score;
    }
    return withTails(x, y, slopes(x, secants), sorted);
  }

  /**
   * With the bends under which the values beyond the outer knots are most probable; of bends that
   * differ by less than a nat, the largest; without such values, a line. A tail that is too heavy
   * costs little; one that is too light much, and few values tell of it.
   */
  private static Marginal withTails(double[] x, double[] y, double[] slopes, double[] sorted) {
    double[] low = Arrays.copyOf(sorted, firstAtLeast(sorted, x[0]));
    int end = firstAtLeast(sorted, Math.nextUp(x[x.length - 1]));
    double[] high = Arrays.copyOfRange(sorted, end, sorted.length);
    double lower = bend(low, bend -> spline(x, y, slopes, bend, 0));
    double upper = bend(high, bend -> spline(x, y, slopes, 0, bend));
    return spline(x, y, slopes, lower, upper);
  }

  private static double bend(double[] beyond, DoubleFunction<Marginal> spline) {
    if (beyond.length == 0) {
      return 0;
    }
    double[] found =
        Arrays.stream(BENDS).map(bend -> logLikelihood(spline.apply(bend), beyond)).toArray();
    double best = Arrays.stream(found).max().getAsDouble();
    int chosen = BENDS.length - 1;
    while (found[chosen] < best - 1) {
      chosen--;
    }
    return BENDS[chosen];
  }

  /** Of values whose transform is standard normal, up to a constant. */
  private static double logLikelihood(Marginal marginal, double[] values) {
    double sum = 0;
    for (double value : values) {
      double y = marginal.apply(value);
      sum += marginal.logDerivative(value) - y * y / 2;
    }
    return sum;
  }

  private static Marginal spline(double[] x, double[] y, double[] slopes, double low, double high) {
    return new SplineMarginal(doubles(x), doubles(y), doubles(slopes), doubles(low, high));
  }

  /** Quantiles in rising order, at least {@code apart} from each other. */
  private static double[] knots(double[] sorted, double apart) {
    int n = sorted.length;
    double end = Math.log(Math.max(1, (double) n / BEYOND - 1));
    double[] x = new double[KNOTS];
    int count = 0;
    for (int k = 0; k < KNOTS; k++) {
      double logOdds = end * (2.0 * k / (KNOTS - 1) - 1);
      double value = sorted[(int) (n / (1 + Math.exp(-logOdds)))];
      if (count == 0 || value - x[count - 1] > apart) {
        x[count++] = value;
      }
    }
    return Arrays.copyOf(x, count);
  }

  /** Normal score of the middle of a value's ranks. */
  private static double score(double[] sorted, double value) {
    int below = firstAtLeast(sorted, value);
    int upTo = firstAtLeast(sorted, Math.nextUp(value));
    return Normal.quantile((below + upTo) / 2.0 / sorted.length);
  }

  private static int firstAtLeast(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * At an inner knot the geometric mean of the slopes beside it, each weighed by the width of the
   * other bin; at the outer ones the slope of their bin. Source: Delbourgo and Gregory 1985.
   */
  private static double[] slopes(double[] x, double[] secants) {
    double[] slopes = new double[x.length];
    slopes[0] = secants[0];
    slopes[x.length - 1] = secants[secants.length - 1];
    for (int b = 1; b < x.length - 1; b++) {
      double share = (x[b + 1] - x[b]) / (x[b + 1] - x[b - 1]);
      slopes[b] = Math.exp(share * Math.log(secants[b - 1]) + (1 - share) * Math.log(secants[b]));
    }
    return slopes;
  }

  private static Doubles doubles(double... values) {
    return Doubles.copyOf(values);
  }
}
