package io.chartflow.model.engine;

import io.chartflow.model.online.Standardiser;

/** Quadrature over a wide square of the plane, in σ, by midpoints. */
final class Plane {

  private static final double REACH = 7;
  private static final int POINTS = 240;

  private Plane() {}

  /**
   * @param mass {@code ∫ p}
   * @param meanLog {@code ∫ p log p}
   */
  record Integral(double mass, double meanLog) {}

  static Integral integrate(AtlasScorer scorer) {
    Standardiser units = scorer.atlas().standardiser();
    double step = 2 * REACH / POINTS;
    double cell = step * step * units.scale().get(0) * units.scale().get(1);
    double mass = 0;
    double meanLog = 0;
    EventBatch line = new EventBatch(POINTS, 2);
    ScoreBatch scores = new ScoreBatch();
    for (int i = 0; i < POINTS; i++) {
      line.clear();
      for (int j = 0; j < POINTS; j++) {
        double[] x = {
          units.mean().get(0) + units.scale().get(0) * (-REACH + (i + 0.5) * step),
          units.mean().get(1) + units.scale().get(1) * (-REACH + (j + 0.5) * step)
        };
        line.add(x, 0);
      }
      scorer.score(line, scores);
      for (int j = 0; j < POINTS; j++) {
        double log = scores.logDensity(j);
        mass += cell * Math.exp(log);
        meanLog += cell * Math.exp(log) * log;
      }
    }
    return new Integral(mass, meanLog);
  }
}
