package io.chartflow.model.linalg;

/**
 * {@code ½ log max(v, 1e-4)}: the logarithm, in nats, of the spread {@code √v} of a variance v in
 * squared standardised units, of which a feature of all events has about 1.
 *
 * <p>Members of a chart may agree in a feature: then their variance is 0, or by rounding below. The
 * floor keeps the logarithm at −4.6 or above, so that the map which a chart starts from stretches
 * no feature more than a hundred times. To the accuracy of {@link Math#log}; ∞ at ∞, not a number
 * of what is none.
 */
public final class LogSpread {

  /** The least that a variance counts as. */
  public static final float LEAST_VARIANCE = 1e-4f;

  private LogSpread() {}

  /** That of a variance, which counts as at least {@link #LEAST_VARIANCE}. */
  public static double of(double variance) {
    return 0.5 * Math.log(Math.max(variance, LEAST_VARIANCE));
  }
}
