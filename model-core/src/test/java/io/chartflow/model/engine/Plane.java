package io.chartflow.model.engine;

import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.linalg.Matrix;

/**
 * Quadrature over the plane. Each axis is cut into cells that are even in {@code asinh x̃}, the
 * standardised value, and reach to {@code ±sinh 4.5 = ±45 σ}; a cell's width is measured in the
 * units of the input between its edges, so that no derivative of the model's own is used.
 */
final class Plane {

  private static final double REACH = 4.5;

  /** Cells of an axis where charts' borders make the density jump. */
  static final int FINE = 320;

  /** Cells of an axis for a smooth density. */
  static final int COARSE = 200;

  private final int cells;
  private final Axis[] axes;

  private Plane(Atlas atlas, int cells) {
    this.cells = cells;
    this.axes = new Axis[] {new Axis(cells), new Axis(cells)};
    Matrix row = Matrix.zeros(1, 2);
    double[] x = new double[2];
    for (int i = 0; i <= 2 * cells; i++) {
      float t = (float) Math.sinh(REACH * (i - cells) / cells);
      row.set(0, 0, t);
      row.set(0, 1, t);
      atlas.features().invert(row, 0, x, 0);
      axes[0].add(i, x[0]);
      axes[1].add(i, x[1]);
    }
  }

  /** Midpoints of cells and their widths. */
  private static final class Axis {

    private final double[] middle;
    private final double[] width;

    private Axis(int cells) {
      this.middle = new double[cells];
      this.width = new double[cells];
    }

    /** Takes edges for even {@code i}, midpoints for odd ones. */
    private void add(int i, double x) {
      int cell = i / 2;
      if (i % 2 == 1) {
        middle[cell] = x;
        return;
      }
      if (cell < width.length) {
        width[cell] -= x;
      }
      if (cell > 0) {
        width[cell - 1] += x;
      }
    }
  }

  /**
   * @param mass {@code ∫ p}
   * @param meanLog {@code ∫ p log p}
   */
  record Integral(double mass, double meanLog) {}

  static Integral integrate(AtlasScorer scorer, int cells) {
    Plane plane = new Plane(scorer.atlas(), cells);
    double mass = 0;
    double meanLog = 0;
    for (int i = 0; i < cells; i++) {
      double[] logs = plane.logDensities(scorer, i);
      for (int j = 0; j < cells; j++) {
        double part = plane.axes[0].width[i] * plane.axes[1].width[j] * Math.exp(logs[j]);
        mass += part;
        meanLog += part > 0 ? part * logs[j] : 0;
      }
    }
    return new Integral(mass, meanLog);
  }

  /** Of the cells of column {@code i}. */
  private double[] logDensities(AtlasScorer scorer, int i) {
    EventBatch line = new EventBatch(cells, 2);
    for (int j = 0; j < cells; j++) {
      line.add(new double[] {axes[0].middle[i], axes[1].middle[j]}, 0);
    }
    ScoreBatch scores = Small.scores(scorer, line);
    double[] logs = new double[cells];
    java.util.Arrays.setAll(logs, scores::logDensity);
    return logs;
  }
}
