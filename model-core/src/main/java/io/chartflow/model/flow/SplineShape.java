package io.chartflow.model.flow;

/**
 * What of a {@linkplain io.chartflow.model.linalg.SplineCells spline} does not depend on
 * parameters.
 *
 * @param bins K, 2 to 256
 * @param bound B, positive
 */
record SplineShape(int bins, double bound) {

  SplineShape {
    if (bins < 2 || bins > 256 || !(bound > 0)) {
      throw new IllegalArgumentException(
          "a spline needs 2 to 256 bins and a positive bound, got " + bins + " and " + bound);
    }
  }

  /** Number of parameters. */
  int parameters() {
    return 3 * bins - 1;
  }
}
