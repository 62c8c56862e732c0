package io.chartflow.model.online;

/**
 * Notices that the world changed, by two one-sided cumulative sums over batches: one of the
 * prequential log-likelihood's fall, one of the reconstruction error's rise. With {@code level} and
 * {@code deviation} of a batch's figure as they were,
 *
 * <pre>{@code z = min(4, (level − figure)/deviation),   sum ← max(0, sum + z − 1)}</pre>
 *
 * and there is drift when a sum passes the threshold. A figure must stay below its level: one batch
 * adds at most 3. Level and deviation follow the figure over some 64 batches, and stand still while
 * a sum is raised.
 *
 * <p>Source: Page, Continuous inspection schemes, Biometrika 1954. Immutable.
 *
 * @param batches seen since the watch began
 * @param likelihood of events before they were learned from
 * @param reconstruction error of the auto-encoder
 */
public record DriftWatch(long batches, Side likelihood, Side reconstruction) {

  /** Batches before anything is judged: the model's first ascent is no level. */
  public static final int WARM = 64;

  /** Nothing seen yet. */
  public static final DriftWatch FRESH = new DriftWatch(0, Side.FRESH, Side.FRESH);

  /**
   * With another batch; figures that are no numbers are passed over.
   *
   * @param meanLogDensity prequential, in nats
   * @param error of the reconstruction
   */
  public DriftWatch plus(double meanLogDensity, double error) {
    if (!Double.isFinite(meanLogDensity) || !Double.isFinite(error)) {
      return this;
    }
    boolean warm = batches >= WARM;
    // The error is judged by its logarithm: it varies in proportion to itself.
    double logError = -Math.log(Math.max(error, 1e-12));
    return new DriftWatch(
        batches + 1, likelihood.plus(meanLogDensity, warm), reconstruction.plus(logError, warm));
  }

  /** Whether a sum passed the threshold; never for a threshold of 0. */
  public boolean isDrift(double threshold) {
    return threshold > 0 && Math.max(likelihood.sum, reconstruction.sum) > threshold;
  }

  /**
   * One figure that should not fall.
   *
   * @param level its moving mean
   * @param variance its moving mean squared deviation
   * @param weight of the moving means, 0 to 1
   * @param sum cumulative sum
   */
  public record Side(double level, double variance, double weight, double sum) {

    /** Nothing seen yet. */
    public static final Side FRESH = new Side(0, 0, 0, 0);

    private static final double RATE = 1.0 / 64;
    private static final double MOST = 4;
    private static final double ALLOWANCE = 1;
    private static final double RAISED = 2;
    private static final double FLOOR = 1e-12;

    private Side plus(double figure, boolean warm) {
      double mean = weight == 0 ? figure : level / weight;
      double deviation = Math.sqrt(Math.max(variance / Math.max(weight, FLOOR), FLOOR));
      double z = Math.min(MOST, (mean - figure) / deviation);
      double next = warm ? Math.max(0, sum + z - ALLOWANCE) : 0;
      if (next > RAISED) {
        return new Side(level, variance, weight, next);
      }
      double off = Math.max(-MOST, Math.min(MOST, (figure - mean) / deviation)) * deviation;
      double square = warm ? off * off : (figure - mean) * (figure - mean);
      return new Side(
          (1 - RATE) * level + RATE * figure,
          (1 - RATE) * variance + RATE * square,
          (1 - RATE) * weight + RATE,
          next);
    }
  }
}
