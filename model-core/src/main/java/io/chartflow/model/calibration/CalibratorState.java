package io.chartflow.model.calibration;

import io.chartflow.model.linalg.Floats;

/**
 * The state of a {@link Calibrator}.
 *
 * @param window events that it remembers
 * @param surprisals of those that it does remember, the oldest first
 */
public record CalibratorState(int window, Floats surprisals) {

  /**
   * @throws IllegalArgumentException if the window breaks its rule or holds more than it may
   */
  public CalibratorState {
    Calibrator.requireWindow(window);
    if (surprisals.size() > window) {
      throw new IllegalArgumentException(
          "a calibrator of %d events remembers at most that many, got %d"
              .formatted(window, surprisals.size()));
    }
  }

  /** Nothing seen yet. */
  public static CalibratorState empty(int window) {
    return new CalibratorState(window, Floats.copyOf(new float[0]));
  }
}
