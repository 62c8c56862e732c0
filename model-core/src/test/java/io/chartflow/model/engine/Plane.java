package io.chartflow.model.engine;

import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.linalg.Matrix;
import java.util.Arrays;

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

  private final double[][] edges;
  private final double[][] middles;
  private final double[][] masses;
  private double mass;
  private double meanLog;

  private Plane(AtlasScorer scorer, int cells) {
    this.edges = new double[2][cells + 1];
    this.middles = new double[2][cells];
    this.masses = new double[cells][cells];
    cut(scorer.atlas(), cells);
    for (int i = 0; i < cells; i++) {
      double[] logs = logDensities(scorer, i);
      for (int j = 0; j < cells; j++) {
        double area = (edges[0][i + 1] - edges[0][i]) * (edges[1][j + 1] - edges[1][j]);
        masses[i][j] = area * Math.exp(logs[j]);
        mass += masses[i][j];
        meanLog += masses[i][j] > 0 ? masses[i][j] * logs[j] : 0;
      }
    }
  }

  static Plane integrate(AtlasScorer scorer, int cells) {
    return new Plane(scorer, cells);
  }

  private void cut(Atlas atlas, int cells) {
    Matrix row = Matrix.zeros(1, 2);
    double[] x = new double[2];
    for (int i = 0; i <= 2 * cells; i++) {
      float t = (float) Math.sinh(REACH * (i - cells) / cells);
      row.set(0, 0, t);
      row.set(0, 1, t);
      atlas.features().invert(row, 0, x, 0);
      double[][] into = i % 2 == 0 ? edges : middles;
      into[0][i / 2] = x[0];
      into[1][i / 2] = x[1];
    }
  }

  /** Of the cells of column {@code i}. */
  private double[] logDensities(AtlasScorer scorer, int i) {
    EventBatch line = new EventBatch(masses.length, 2);
    for (double y : middles[1]) {
      line.add(new double[] {middles[0][i], y}, 0);
    }
    ScoreBatch scores = Small.scores(scorer, line);
    double[] logs = new double[masses.length];
    Arrays.setAll(logs, scores::logDensity);
    return logs;
  }

  /** {@code ∫ p}. */
  double mass() {
    return mass;
  }

  /** {@code ∫ p log p}. */
  double meanLog() {
    return meanLog;
  }

  /** Of events in {@code groups × groups} bins whose rows and columns are about as probable. */
  ChiSquare chiSquare(EventBatch events, int groups) {
    int[][] group = {groupsOf(0, groups), groupsOf(1, groups)};
    double[] expected = new double[groups * groups];
    for (int i = 0; i < masses.length; i++) {
      for (int j = 0; j < masses.length; j++) {
        expected[group[0][i] * groups + group[1][j]] += masses[i][j];
      }
    }
    int[] counts = new int[expected.length];
    for (int e = 0; e < events.size(); e++) {
      counts[group[0][cell(0, events.get(e, 0))] * groups + group[1][cell(1, events.get(e, 1))]]++;
    }
    return ChiSquare.of(counts, expected);
  }

  /** The group of each cell of an axis. */
  private int[] groupsOf(int axis, int groups) {
    int[] group = new int[masses.length];
    double before = 0;
    for (int c = 0; c < group.length; c++) {
      group[c] = (int) Math.min(groups - 1, groups * before / mass);
      for (int other = 0; other < group.length; other++) {
        before += axis == 0 ? masses[c][other] : masses[other][c];
      }
    }
    return group;
  }

  private int cell(int axis, double x) {
    int at = Arrays.binarySearch(edges[axis], x);
    int cell = at >= 0 ? at : -at - 2;
    return Math.max(0, Math.min(masses.length - 1, cell));
  }
}
