package io.chartflow.model.calibration;

import io.chartflow.model.linalg.Bytes;
import io.chartflow.model.linalg.Floats;
import java.util.List;

/**
 * The state of a {@link Calibrator}.
 *
 * @param window events that it remembers
 * @param finished sketches of its whole blocks, the oldest first
 * @param unfinished surprisals of the block that is being filled, in their order
 */
public record CalibratorState(int window, List<Bytes> finished, Floats unfinished) {

  /**
   * @throws IllegalArgumentException if the window breaks its rule or holds more than it may
   */
  public CalibratorState {
    Calibrator.requireWindow(window);
    finished = List.copyOf(finished);
    if (finished.size() > Calibrator.BLOCKS || unfinished.size() >= window / Calibrator.BLOCKS) {
      throw new IllegalArgumentException(
          "a calibrator of %d events has at most %d whole blocks and less than %d further events, got %d and %d"
              .formatted(
                  window,
                  Calibrator.BLOCKS,
                  window / Calibrator.BLOCKS,
                  finished.size(),
                  unfinished.size()));
    }
  }

  /** Nothing seen yet. */
  public static CalibratorState empty(int window) {
    return new Calibrator(window).state();
  }
}
