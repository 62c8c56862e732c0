package io.chartflow.bench.drift;

import java.util.List;

/**
 * How a learner fared over a change, from its gap to the oracle in windows of events.
 *
 * @param before mean gap over the last windows before the change
 * @param worst largest gap after it
 * @param events from the change to the end of the first window that is back and stays so for the
 *     next {@value #STAYS}; NaN for never
 * @param last mean gap over the last windows
 */
public record Recovery(double before, double worst, double events, double last) {

  private static final int LEVEL_WINDOWS = 10;
  private static final int STAYS = 4;

  /**
   * Judges.
   *
   * @param gaps nats that the learner is below the oracle, one value a window
   * @param change the first window after the change
   * @param window events of a window
   * @param tolerance back is a gap of at most that before plus this
   */
  public static Recovery of(List<Double> gaps, int change, long window, double tolerance) {
    if (change < 1 || change >= gaps.size()) {
      throw new IllegalArgumentException(
          "expected a change within the " + gaps.size() + " windows, got one at " + change);
    }
    double before = mean(gaps.subList(Math.max(0, change - LEVEL_WINDOWS), change));
    List<Double> after = gaps.subList(change, gaps.size());
    double events = Double.NaN;
    for (int i = after.size() - 1; i >= 0; i--) {
      List<Double> on = after.subList(i, Math.min(after.size(), i + 1 + STAYS));
      if (on.stream().allMatch(gap -> gap <= before + tolerance)) {
        events = (i + 1.0) * window;
      }
    }
    double worst = after.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    List<Double> end = after.subList(Math.max(0, after.size() - LEVEL_WINDOWS), after.size());
    return new Recovery(before, worst, events, mean(end));
  }

  private static double mean(List<Double> values) {
    return values.stream()
        .filter(Double::isFinite)
        .mapToDouble(Double::doubleValue)
        .average()
        .orElse(Double.NaN);
  }
}
