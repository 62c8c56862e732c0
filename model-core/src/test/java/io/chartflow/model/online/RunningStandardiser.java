package io.chartflow.model.online;

import io.chartflow.model.linalg.Doubles;

/**
 * What a robust fit is held against: mean and spread of the first events, by Welford's recurrence
 * in double precision. A constant or nearly constant feature gets the floor {@code σ ≥ 1e-9·max(1,
 * |μ|)}.
 */
public final class RunningStandardiser {

  private static final double FLOOR = 1e-9;
  private static final double LARGEST = 1e100;

  private final double[] mean;
  private final double[] squares;
  private long count;

  /** Nothing seen yet. */
  public RunningStandardiser(int dimension) {
    this.mean = new double[dimension];
    this.squares = new double[dimension];
  }

  /** As it was. */
  public RunningStandardiser(StandardiserState state) {
    this.mean = state.mean().toArray();
    this.squares = state.squares().toArray();
    this.count = state.count();
  }

  /** Events seen. */
  public long count() {
    return count;
  }

  /**
   * Sees {@code rows} events, row-major; one with a value beyond ±1e100, or that is no number, is
   * passed over, since its square would leave no spread for the others.
   */
  public void update(double[] values, int rows) {
    for (int i = 0; i < rows; i++) {
      if (!isMeasurable(values, i * mean.length)) {
        continue;
      }
      count++;
      for (int j = 0; j < mean.length; j++) {
        double x = values[i * mean.length + j];
        double delta = x - mean[j];
        mean[j] += delta / count;
        squares[j] += delta * (x - mean[j]);
      }
    }
  }

  private boolean isMeasurable(double[] values, int from) {
    for (int j = 0; j < mean.length; j++) {
      if (!(Math.abs(values[from + j]) <= LARGEST)) {
        return false;
      }
    }
    return true;
  }

  /** The standardiser of what was seen. */
  public Standardiser freeze() {
    double[] scale = new double[mean.length];
    for (int j = 0; j < mean.length; j++) {
      double deviation = Math.sqrt(squares[j] / Math.max(1, count - 1));
      scale[j] = Math.max(deviation, FLOOR * Math.max(1, Math.abs(mean[j])));
    }
    return new Standardiser(Doubles.copyOf(mean), Doubles.copyOf(scale));
  }

  /** As {@link #freeze}, with one σ for all features: the root of their mean variance. */
  public Standardiser freezeScalar() {
    Standardiser each = freeze();
    double variance = 0;
    for (int j = 0; j < mean.length; j++) {
      variance += each.scale().get(j) * each.scale().get(j) / mean.length;
    }
    double[] scale = new double[mean.length];
    java.util.Arrays.fill(scale, Math.sqrt(variance));
    return new Standardiser(each.mean(), Doubles.copyOf(scale));
  }

  /** A copy of everything. */
  public StandardiserState state() {
    return new StandardiserState(count, Doubles.copyOf(mean), Doubles.copyOf(squares));
  }

  /**
   * The state of a {@link RunningStandardiser}.
   *
   * @param count events seen
   * @param mean per feature
   * @param squares sum of squared deviations per feature
   */
  public record StandardiserState(long count, Doubles mean, Doubles squares) {}
}
