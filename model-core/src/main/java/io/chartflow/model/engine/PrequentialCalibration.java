package io.chartflow.model.engine;

import io.chartflow.model.calibration.Calibrator;
import io.chartflow.model.calibration.ContaminationGuard;
import io.chartflow.model.calibration.PValues;
import io.chartflow.model.calibration.Verdict;
import io.chartflow.model.engine.TrainerState.CalibrationState;
import java.util.Optional;

/**
 * Remembers the surprisal that each event had before it taught, and says which events may teach.
 * What is judged against is refreshed every {@value #REFRESH} batches, since a fresh sketch costs
 * as much as some batches.
 */
final class PrequentialCalibration {

  private static final int REFRESH = 16;

  private final Calibrator calibrator;
  private final Optional<ContaminationGuard> guard;
  private PValues judgedBy;
  private int batches;

  PrequentialCalibration(CalibrationState state) {
    this.calibrator = new Calibrator(state.calibrator());
    this.guard = state.guard().map(ContaminationGuard::new);
    this.judgedBy = PValues.of(state.judgedBy());
    this.batches = state.batches();
  }

  /** Whether some events do not teach. */
  boolean guards() {
    return guard.isPresent();
  }

  /** A batch begins. */
  void beginBatch() {
    if (guard.isPresent() && batches++ % REFRESH == 0) {
      judgedBy = calibrator.freeze();
    }
  }

  /** Sees the next event's surprisal in nats; whether the event may teach. */
  boolean teaches(double surprisal) {
    if (Double.isNaN(surprisal)) {
      return false;
    }
    if (guard.isEmpty()) {
      calibrator.add(surprisal);
      return true;
    }
    Verdict verdict = guard.get().judge(judgedBy, surprisal);
    if (guard.get().isOpen()) { // the world has changed: begin anew
      calibrator.reset();
      judgedBy = PValues.EMPTY;
      guard.get().close();
    }
    if (verdict.calibrates()) {
      calibrator.add(surprisal);
    }
    return verdict.teaches();
  }

  /** Forgets every surprisal: the model or the world has changed. */
  void reset() {
    calibrator.reset();
    judgedBy = PValues.EMPTY;
    guard.ifPresent(ContaminationGuard::close);
  }

  /** The p-values of now. */
  PValues freeze() {
    return calibrator.freeze();
  }

  CalibrationState state() {
    return new CalibrationState(
        calibrator.state(), guard.map(ContaminationGuard::state), judgedBy.bytes(), batches);
  }
}
