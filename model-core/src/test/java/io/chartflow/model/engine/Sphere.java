package io.chartflow.model.engine;

import io.chartflow.model.random.SplitMix;

/** A sphere away from the origin, events on it that are not spread evenly, and its quadrature. */
final class Sphere {

  static final double RADIUS = 2;
  private static final double[] CENTRE = {3, -1, 5};
  private static final double[] LEAN = {-1, -1, 0};

  private Sphere() {}

  /** Projected normal: directions of {@code N(LEAN, I)}. */
  static EventBatch events(int count, SplitMix random) {
    EventBatch batch = new EventBatch(count, 3);
    double[] y = new double[3];
    for (int i = 0; i < count; i++) {
      double squares = 0;
      for (int j = 0; j < 3; j++) {
        y[j] = LEAN[j] + random.nextGaussian();
        squares += y[j] * y[j];
      }
      for (int j = 0; j < 3; j++) {
        y[j] = CENTRE[j] + RADIUS * y[j] / Math.sqrt(squares);
      }
      batch.add(y, 0);
    }
    return batch;
  }

  /** The log-density of an event per unit of area: that of the projected normal. */
  static double logDensity(EventBatch events, int i) {
    double t = 0;
    double mean = 0;
    for (int j = 0; j < 3; j++) {
      t += LEAN[j] * (events.get(i, j) - CENTRE[j]) / RADIUS;
      mean += LEAN[j] * LEAN[j];
    }
    double radial = 0; // ∫ r²·exp(−½r² + rt) dr by midpoints
    for (int n = 0; n < 2000; n++) {
      double r = 0.005 * (n + 0.5);
      radial += 0.005 * r * r * Math.exp(-r * r / 2 + r * t);
    }
    return Math.log(radial) - mean / 2 - 1.5 * Math.log(2 * Math.PI) - 2 * Math.log(RADIUS);
  }

  /** An event moved from the centre by a factor. */
  static double[] scaled(EventBatch events, int i, double factor) {
    double[] x = new double[3];
    for (int j = 0; j < 3; j++) {
      x[j] = CENTRE[j] + factor * (events.get(i, j) - CENTRE[j]);
    }
    return x;
  }

  /** Distance of a point from the sphere. */
  static double distance(double x, double y, double z) {
    double squares =
        Math.pow(x - CENTRE[0], 2) + Math.pow(y - CENTRE[1], 2) + Math.pow(z - CENTRE[2], 2);
    return Math.abs(Math.sqrt(squares) - RADIUS);
  }

  /** {@code ∫ p} over the sphere by midpoints in height and angle, which are uniform on it. */
  static double integrate(AtlasScorer scorer) {
    int steps = 240;
    double cell = 4 * Math.PI * RADIUS * RADIUS / steps / steps;
    double mass = 0;
    EventBatch ring = new EventBatch(steps, 3);
    ScoreBatch scores = new ScoreBatch();
    for (int i = 0; i < steps; i++) {
      double height = 2 * (i + 0.5) / steps - 1;
      double across = Math.sqrt(1 - height * height);
      ring.clear();
      for (int j = 0; j < steps; j++) {
        double angle = 2 * Math.PI * (j + 0.5) / steps;
        double[] x = {
          CENTRE[0] + RADIUS * across * Math.cos(angle),
          CENTRE[1] + RADIUS * across * Math.sin(angle),
          CENTRE[2] + RADIUS * height
        };
        ring.add(x, 0);
      }
      scorer.score(ring, scores);
      for (int j = 0; j < steps; j++) {
        mass += cell * Math.exp(scores.logDensity(j));
      }
    }
    return mass;
  }
}
