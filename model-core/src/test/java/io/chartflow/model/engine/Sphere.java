package io.chartflow.model.engine;

import io.chartflow.model.random.SplitMix;
import java.util.Arrays;

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

  private static final int STEPS = 240;

  /** {@code ∫ p} over the sphere by midpoints in height and angle, which are uniform on it. */
  static double integrate(AtlasScorer scorer) {
    return Arrays.stream(masses(scorer)).flatMapToDouble(Arrays::stream).sum();
  }

  /** Of samples, taken to the sphere along the radius, in {@code bins × bins} bins of one area. */
  static ChiSquare chiSquare(AtlasScorer scorer, EventBatch samples, int bins) {
    double[][] masses = masses(scorer);
    double[] expected = new double[bins * bins];
    for (int i = 0; i < STEPS; i++) {
      for (int j = 0; j < STEPS; j++) {
        expected[i * bins / STEPS * bins + j * bins / STEPS] += masses[i][j];
      }
    }
    int[] counts = new int[expected.length];
    for (int e = 0; e < samples.size(); e++) {
      double x = samples.get(e, 0) - CENTRE[0];
      double y = samples.get(e, 1) - CENTRE[1];
      double z = samples.get(e, 2) - CENTRE[2];
      double height = z / Math.sqrt(x * x + y * y + z * z);
      double turn = Math.atan2(y, x) / (2 * Math.PI);
      int i = (int) Math.min(bins - 1, bins * (height + 1) / 2);
      int j = (int) Math.min(bins - 1, bins * (turn < 0 ? turn + 1 : turn));
      counts[i * bins + j]++;
    }
    return ChiSquare.of(counts, expected);
  }

  /** {@code p} times area of the cells, by height and angle. */
  private static double[][] masses(AtlasScorer scorer) {
    double cell = 4 * Math.PI * RADIUS * RADIUS / STEPS / STEPS;
    double[][] masses = new double[STEPS][STEPS];
    for (int i = 0; i < STEPS; i++) {
      double height = 2 * (i + 0.5) / STEPS - 1;
      double across = Math.sqrt(1 - height * height);
      EventBatch ring = new EventBatch(STEPS, 3);
      for (int j = 0; j < STEPS; j++) {
        double angle = 2 * Math.PI * (j + 0.5) / STEPS;
        double[] x = {
          CENTRE[0] + RADIUS * across * Math.cos(angle),
          CENTRE[1] + RADIUS * across * Math.sin(angle),
          CENTRE[2] + RADIUS * height
        };
        ring.add(x, 0);
      }
      ScoreBatch scores = Small.scores(scorer, ring);
      Arrays.setAll(masses[i], j -> cell * Math.exp(scores.logDensity(j)));
    }
    return masses;
  }
}
