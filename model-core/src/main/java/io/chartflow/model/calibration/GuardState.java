package io.chartflow.model.calibration;

import io.chartflow.model.linalg.Bytes;
import io.chartflow.model.linalg.Doubles;

/**
 * The state of a {@link ContaminationGuard}.
 *
 * @param level p-value below which an event does not teach, in (0, 0.1]
 * @param majority share of recent events below the level that is drift, in (level, 1]
 * @param recent share below the level, over some 4,096 events
 * @param share share below the level, over some {@code 64/level} events
 * @param allowances events that may be calibrated on, for each band of p-values below the level
 * @param reference sketch of the p-values from before the clutter, no bytes while there is none
 * @param open whether every event teaches
 */
public record GuardState(
    double level,
    double majority,
    double recent,
    double share,
    Doubles allowances,
    Bytes reference,
    boolean open) {

  /**
   * @throws IllegalArgumentException if level or majority break their rules, or bands are missing
   */
  public GuardState {
    if (!(level > 0 && level <= 0.1)) {
      throw new IllegalArgumentException(
          "guard level must be above 0 and at most 0.1, got " + level);
    }
    if (!(majority > level && majority <= 1)) {
      throw new IllegalArgumentException(
          "guard majority must be above the level %s and at most 1, got %s"
              .formatted(level, majority));
    }
    if (allowances.size() != TailBands.COUNT) {
      throw new IllegalArgumentException(
          "guard allowances must be %d, got %d".formatted(TailBands.COUNT, allowances.size()));
    }
  }

  /** Nothing seen yet. */
  public static GuardState fresh(double level, double majority) {
    return new GuardState(level, majority, 0, level, new TailBands().state(), Bytes.EMPTY, false);
  }
}
