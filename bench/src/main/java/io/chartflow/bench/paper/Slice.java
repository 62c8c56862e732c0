package io.chartflow.bench.paper;

import io.chartflow.model.engine.EventBatch;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A square grid in a plane through the events: across the two features that spread most, at the
 * median of the third.
 */
final class Slice {

  static final int SIDE = 72;
  private static final double MARGIN = 0.1;

  /** Log-densities this far below the highest are white. */
  private static final double NATS = 6;

  private final EventBatch grid;

  Slice(EventBatch real) {
    int[] axes = {0, 1, 2};
    double[][] sorted = new double[3][];
    for (int j = 0; j < 3; j++) {
      int feature = j;
      sorted[j] =
          IntStream.range(0, real.size()).mapToDouble(i -> real.get(i, feature)).sorted().toArray();
    }
    int flat = 0;
    for (int j : axes) {
      flat = spread(sorted[j]) < spread(sorted[flat]) ? j : flat;
    }
    int first = flat == 0 ? 1 : 0;
    int second = 3 - flat - first;
    this.grid = new EventBatch(SIDE * SIDE, 3);
    double[] point = new double[3];
    point[flat] = sorted[flat][sorted[flat].length / 2];
    for (int row = 0; row < SIDE; row++) {
      point[second] = at(sorted[second], row);
      for (int column = 0; column < SIDE; column++) {
        point[first] = at(sorted[first], column);
        grid.add(point, 0);
      }
    }
  }

  private static double spread(double[] sorted) {
    return sorted[sorted.length - 1] - sorted[0];
  }

  private static double at(double[] sorted, int cell) {
    double margin = MARGIN * spread(sorted);
    double share = (cell + 0.5) / SIDE;
    return sorted[0] - margin + share * (spread(sorted) + 2 * margin);
  }

  /** The points, row by row from below. */
  EventBatch grid() {
    return grid;
  }

  /** Log-densities as shades from 0 to 100: 100 is {@code highest} and above. */
  static int[] shades(double[] logDensities, double highest) {
    return Arrays.stream(logDensities)
        .mapToInt(
            value ->
                Double.isFinite(value)
                    ? (int) Math.round(100 * Math.max(0, Math.min(1, 1 + (value - highest) / NATS)))
                    : 0)
        .toArray();
  }
}
