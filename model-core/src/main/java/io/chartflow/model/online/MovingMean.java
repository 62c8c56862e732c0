package io.chartflow.model.online;

/**
 * A mean that forgets: each value weighs 2 % less for every later one, bias-corrected.
 *
 * @param sum weighted sum
 * @param weight sum of weights
 */
public record MovingMean(double sum, double weight) {

  /** Nothing yet. */
  public static final MovingMean EMPTY = new MovingMean(0, 0);

  private static final double DECAY = 0.98;

  /** With another value. */
  public MovingMean plus(double value) {
    return new MovingMean(DECAY * sum + value, DECAY * weight + 1);
  }

  /** The mean, NaN while empty. */
  public double value() {
    return weight == 0 ? Double.NaN : sum / weight;
  }
}
