package io.chartflow.bench;

import io.chartflow.model.engine.EventBatch;
import java.util.Random;

/** Events on a helix with a little noise: a curve of dimension one in three. */
final class Helix {

  private static final double TURNS = 3;
  private static final double NOISE = 0.05;

  private Helix() {}

  /** A full batch; the same seed gives the same events. */
  static EventBatch batch(int events, long seed) {
    Random random = new Random(seed);
    EventBatch batch = new EventBatch(events, 3);
    double[] point = new double[3];
    for (int i = 0; i < events; i++) {
      double along = 2 * random.nextDouble() - 1;
      point[0] = Math.cos(TURNS * Math.PI * along) + NOISE * random.nextGaussian();
      point[1] = Math.sin(TURNS * Math.PI * along) + NOISE * random.nextGaussian();
      point[2] = 2 * along + NOISE * random.nextGaussian();
      batch.add(point, 0);
    }
    return batch;
  }
}
