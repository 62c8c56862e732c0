package io.chartflow.model.engine;

/**
 * What the step under way has done so far: the same object for every step. A {@link TrainReport} is
 * made of it when somebody asks.
 */
final class StepOutcome {

  boolean applied;
  boolean fitting;
  double logLikelihood;
  int scored;
  double reconstruction;
  double gradientNorm;
  int revived;
  int guarded;
  boolean opened;
  int gaps;

  /** Events too far out to teach. */
  int far;

  /** Events that have no density at all. */
  int unscored;

  int taught;

  StepOutcome() {
    clear();
  }

  /** A step begins. */
  void clear() {
    applied = false;
    fitting = false;
    logLikelihood = Double.NaN;
    scored = 0;
    reconstruction = Double.NaN;
    gradientNorm = Double.NaN;
    revived = 0;
    guarded = 0;
    opened = false;
    gaps = 0;
    far = 0;
    unscored = 0;
    taught = 0;
  }

  TrainReport report(Counters counters, int usedCharts) {
    return new TrainReport(
        counters.steps(),
        counters.events(),
        applied,
        fitting,
        logLikelihood,
        scored,
        reconstruction,
        gradientNorm,
        usedCharts,
        revived,
        guarded,
        opened,
        gaps,
        far + unscored,
        taught);
  }
}
