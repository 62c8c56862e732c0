package io.chartflow.bench.stats;

/**
 * Student's t distribution with an integer number of degrees of freedom. The probability within ±t
 * is a finite sum (Abramowitz and Stegun, <em>Handbook of Mathematical Functions</em>, 26.7.3 and
 * 26.7.4); the quantile comes from it by bisection, to about 1e-12 relative.
 */
public final class StudentT {

  private static final int HALVINGS = 200;

  private StudentT() {}

  /**
   * The t that a variable stays within, on both sides, with this probability.
   *
   * @param probability above 0 and below 1, for instance 0.95
   * @param degrees of freedom, at least 1
   */
  public static double twoSided(double probability, int degrees) {
    if (!(probability > 0 && probability < 1) || degrees < 1) {
      throw new IllegalArgumentException(
          "expected a probability within (0, 1) and at least 1 degree of freedom, got "
              + probability
              + " and "
              + degrees);
    }
    double low = 0;
    double high = 1;
    while (within(high, degrees) < probability) {
      high *= 2;
    }
    for (int i = 0; i < HALVINGS && high - low > 1e-13 * high; i++) {
      double middle = 0.5 * (low + high);
      if (within(middle, degrees) < probability) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return 0.5 * (low + high);
  }

  /** The probability within ±t. */
  static double within(double t, int degrees) {
    double angle = Math.atan(t / Math.sqrt(degrees));
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    boolean odd = degrees % 2 == 1;
    double term = odd ? cos : 1;
    double sum = degrees == 1 ? 0 : term;
    for (int i = odd ? 3 : 2; i <= degrees - 2; i += 2) {
      term *= cos * cos * (i - 1) / i;
      sum += term;
    }
    return odd ? 2 / Math.PI * (angle + sin * sum) : sin * sum;
  }
}
