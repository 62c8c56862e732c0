package io.chartflow.model.calibration;

import io.chartflow.model.config.AdaptationConfig;

/**
 * Keeps what does not belong from teaching: an event with a p-value below the level {@code γ} is
 * <em>guarded</em>, the model does not learn from it.
 *
 * <p><b>What the calibrator sees.</b> Of a stream as it was, a share {@code γ} is guarded. If their
 * surprisals stayed out of the calibrator, its tail would be cut off, the threshold would fall, and
 * fall again. If all of them went in, clutter would soon be the tail, and the guard blind. So:
 *
 * <ul>
 *   <li>While the guarded share of the last {@code 64/γ} events is at most {@code 1.5·γ}, all go
 *       in: the threshold follows the stream, up and down.
 *   <li>Above it, and until the share is below {@code 1.25·γ} again, there is <em>clutter</em>.
 *       Events are judged by the p-values from before it, so that no mistake feeds the next. For
 *       each unguarded event {@code γ/(1−γ)} of a guarded one goes in, the first that come, each
 *       part of the tail its share: just so much that the calibrator's tail stays as it was.
 * </ul>
 *
 * <p>Clutter of a share below {@code γ/2} is not told from the tail: it takes its part of it, and
 * is guarded all the same. About 32 events of other clutter go in before it is noticed, so {@code
 * γ} times the calibrator's window should be some hundreds.
 *
 * <p><b>Drift.</b> When more than a majority of the recent events (some 4,096) is guarded, the
 * stream has moved: the guard {@linkplain #isOpen opens}, and everything teaches and is calibrated
 * on. Whoever holds it then {@linkplain Calibrator#reset resets} the calibrator, takes its empty
 * p-values, and {@linkplain #close closes} the guard: with the p-values of fewer than {@code 20/γ}
 * events nothing is guarded.
 *
 * <p>A shift that makes a lasting share between {@code 1.5·γ} and the majority improbable is not
 * told from clutter: it is not learned, and stays an alarm.
 */
public final class ContaminationGuard {

  private static final double RECENT = 1.0 / 4096;
  private static final int HORIZON = 64;
  private static final double CLUTTER_BEGINS = 1.5;
  private static final double CLUTTER_ENDS = 1.25;

  private final double level;
  private final double majority;
  private double recent;
  private double share;
  private TailBands bands;
  private PValues reference;
  private boolean open;

  /**
   * A closed guard that has seen nothing.
   *
   * @param level {@code γ}, in (0, 0.1]
   * @param majority share of guarded events that is drift, in (level, 1]
   */
  public ContaminationGuard(double level, double majority) {
    this(GuardState.fresh(level, majority));
  }

  /** As it was. */
  public ContaminationGuard(GuardState state) {
    this.level = state.level();
    this.majority = state.majority();
    this.recent = state.recent();
    this.share = state.share();
    this.bands = new TailBands(state.allowances());
    this.reference = PValues.of(state.reference());
    this.open = state.open();
  }

  /** Whether this many calibrated events have a tail to judge by: at least {@code 20/γ}. */
  public boolean canJudgeBy(PValues calibration) {
    return canJudgeBy(calibration, level);
  }

  /** Whether a guard of level {@code γ} has a tail to judge by: at least {@code 20/γ} events. */
  public static boolean canJudgeBy(PValues calibration, double level) {
    return calibration.n() * level >= AdaptationConfig.TAIL;
  }

  /**
   * What the next event may do.
   *
   * @param calibration the p-values of now
   * @param surprisal that the event had before anything was learned from it, in nats; not NaN
   */
  public Verdict judge(PValues calibration, double surprisal) {
    if (!canJudgeBy(calibration)) {
      return Verdict.TEACH;
    }
    double pValue = (isCluttered() ? reference : calibration).pValue(surprisal);
    boolean guarded = pValue < level;
    recent += RECENT * ((guarded ? 1 : 0) - recent);
    share += level / HORIZON * ((guarded ? 1 : 0) - share);
    open |= recent > majority;
    if (open) {
      return Verdict.TEACH;
    }
    noticeClutter(calibration);
    if (!guarded) {
      if (isCluttered()) {
        bands.earn(level / (1 - level));
      }
      return Verdict.TEACH;
    }
    return !isCluttered() || bands.pay(pValue, level) ? Verdict.CALIBRATE : Verdict.IGNORE;
  }

  private void noticeClutter(PValues calibration) {
    if (!isCluttered() && share > CLUTTER_BEGINS * level) {
      reference = calibration;
      bands = new TailBands();
    } else if (isCluttered() && share < CLUTTER_ENDS * level) {
      reference = PValues.EMPTY;
    }
  }

  /** Whether more is guarded than the stream's own tail, so that only a part is calibrated on. */
  public boolean isCluttered() {
    return !reference.isEmpty();
  }

  /** Whether the stream has moved, and everything teaches until {@link #close}. */
  public boolean isOpen() {
    return open;
  }

  /** Share of the recent events that were guarded. */
  public double recentShare() {
    return recent;
  }

  /** Guards again, with nothing seen: the calibrator begins anew. */
  public void close() {
    recent = 0;
    share = level;
    bands = new TailBands();
    reference = PValues.EMPTY;
    open = false;
  }

  /** A copy of everything. */
  public GuardState state() {
    return new GuardState(level, majority, recent, share, bands.state(), reference.bytes(), open);
  }
}
