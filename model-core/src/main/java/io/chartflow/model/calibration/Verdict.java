package io.chartflow.model.calibration;

/** What an event may do, as a {@link ContaminationGuard} sees it. */
public enum Verdict {
  /** It teaches, and its surprisal is calibrated on. */
  TEACH,
  /** It does not teach, but its surprisal is calibrated on: the share of them is as expected. */
  CALIBRATE,
  /** It does neither: more of its kind came than the model's own tail has. */
  IGNORE;

  /** Whether the model learns from the event. */
  public boolean teaches() {
    return this == TEACH;
  }

  /** Whether the calibrator sees the event's surprisal. */
  public boolean calibrates() {
    return this != IGNORE;
  }
}
