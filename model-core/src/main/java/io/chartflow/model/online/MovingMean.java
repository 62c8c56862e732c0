package io.chartflow.model.online;

/** A mean that forgets: each value weighs 2 % less for every later one, bias-corrected. */
public final class MovingMean {

  private static final double DECAY = 0.98;

  private double sum;
  private double weight;

  /** Nothing yet. */
  public MovingMean() {}

  /** As it was. */
  public MovingMean(MeanState state) {
    this.sum = state.sum();
    this.weight = state.weight();
  }

  /** Sees another value. */
  public void add(double value) {
    sum = DECAY * sum + value;
    weight = DECAY * weight + 1;
  }

  /** The mean, NaN while empty. */
  public double value() {
    return mean(sum, weight);
  }

  private static double mean(double sum, double weight) {
    return weight == 0 ? Double.NaN : sum / weight;
  }

  /** A copy of everything. */
  public MeanState state() {
    return new MeanState(sum, weight);
  }

  /**
   * The state of a {@link MovingMean}.
   *
   * @param sum weighted sum
   * @param weight sum of weights
   */
  public record MeanState(double sum, double weight) {

    /** Nothing yet. */
    public static final MeanState EMPTY = new MeanState(0, 0);

    /** The mean, NaN while empty. */
    public double value() {
      return mean(sum, weight);
    }
  }
}
