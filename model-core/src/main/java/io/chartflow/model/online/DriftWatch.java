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
 * <p>Source: Page, Continuous inspection schemes, Biometrika 1954.
 */
public final class DriftWatch {

  /** Batches before anything is judged: the model's first ascent is no level. */
  public static final int WARM = 64;

  private final Side likelihood;
  private final Side reconstruction;
  private long batches;

  /** Nothing seen yet. */
  public DriftWatch() {
    this(DriftState.FRESH);
  }

  /** As it was. */
  public DriftWatch(DriftState state) {
    this.batches = state.batches();
    this.likelihood = new Side(state.likelihood());
    this.reconstruction = new Side(state.reconstruction());
  }

  /**
   * Sees another batch; figures that are no numbers are passed over.
   *
   * @param meanLogDensity prequential, in nats
   * @param error of the reconstruction
   */
  public void add(double meanLogDensity, double error) {
    if (!Double.isFinite(meanLogDensity) || !Double.isFinite(error)) {
      return;
    }
    boolean warm = batches >= WARM;
    batches++;
    likelihood.add(meanLogDensity, warm);
    // The error is judged by its logarithm: it varies in proportion to itself.
    reconstruction.add(-Math.log(Math.max(error, 1e-12)), warm);
  }

  /** Whether a sum passed the threshold; never for a threshold of 0. */
  public boolean isDrift(double threshold) {
    return threshold > 0 && Math.max(likelihood.sum, reconstruction.sum) > threshold;
  }

  /** A copy of everything. */
  public DriftState state() {
    return new DriftState(batches, likelihood.state(), reconstruction.state());
  }

  /** One figure that should not fall. */
  private static final class Side {

    private static final double RATE = 1.0 / 64;
    private static final double MOST = 4;
    private static final double ALLOWANCE = 1;
    private static final double RAISED = 2;
    private static final double FLOOR = 1e-12;

    private double level;
    private double variance;
    private double weight;
    private double sum;

    private Side(SideState state) {
      this.level = state.level();
      this.variance = state.variance();
      this.weight = state.weight();
      this.sum = state.sum();
    }

    private void add(double figure, boolean warm) {
      double mean = weight == 0 ? figure : level / weight;
      double deviation = Math.sqrt(Math.max(variance / Math.max(weight, FLOOR), FLOOR));
      double z = Math.min(MOST, (mean - figure) / deviation);
      sum = warm ? Math.max(0, sum + z - ALLOWANCE) : 0;
      if (sum > RAISED) {
        return;
      }
      double off = Math.max(-MOST, Math.min(MOST, (figure - mean) / deviation)) * deviation;
      double square = warm ? off * off : (figure - mean) * (figure - mean);
      level = (1 - RATE) * level + RATE * figure;
      variance = (1 - RATE) * variance + RATE * square;
      weight = (1 - RATE) * weight + RATE;
    }

    private SideState state() {
      return new SideState(level, variance, weight, sum);
    }
  }

  /**
   * The state of a {@link DriftWatch}.
   *
   * @param batches seen since the watch began
   * @param likelihood of events before they were learned from
   * @param reconstruction error of the auto-encoder
   */
  public record DriftState(long batches, SideState likelihood, SideState reconstruction) {

    /** Nothing seen yet. */
    public static final DriftState FRESH = new DriftState(0, SideState.FRESH, SideState.FRESH);
  }

  /**
   * The state of one figure.
   *
   * @param level its moving mean
   * @param variance its moving mean squared deviation
   * @param weight of the moving means, 0 to 1
   * @param sum cumulative sum
   */
  public record SideState(double level, double variance, double weight, double sum) {

    /** Nothing seen yet. */
    public static final SideState FRESH = new SideState(0, 0, 0, 0);
  }
}
