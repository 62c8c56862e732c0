package io.chartflow.bench.drift;

import io.chartflow.bench.learn.Draws;
import io.chartflow.local.data.DataSet;
import io.chartflow.local.fit.EventReader;
import io.chartflow.model.engine.EventBatch;
import java.util.Arrays;
import java.util.SplittableRandom;

/** A data set with some of its events replaced by uniform ones over its bounding box. */
final class Cluttered implements AutoCloseable {

  private static final int BOX_EVENTS = 20_000;

  private final EventReader reader;
  private final SplittableRandom random;
  private final double[] low;
  private final double[] high;
  private final EventBatch one;

  Cluttered(DataSet set, long seed) {
    this.reader = new EventReader(set, set.training(seed), seed);
    this.random = new SplittableRandom(seed).split();
    this.low = new double[set.dimension()];
    this.high = new double[set.dimension()];
    this.one = new EventBatch(1, set.dimension());
    Arrays.fill(low, Double.POSITIVE_INFINITY);
    Arrays.fill(high, Double.NEGATIVE_INFINITY);
    EventBatch seen = Draws.training(set, BOX_EVENTS, seed);
    for (int i = 0; i < seen.size(); i++) {
      for (int j = 0; j < low.length; j++) {
        low[j] = Math.min(low[j], seen.get(i, j));
        high[j] = Math.max(high[j], seen.get(i, j));
      }
    }
  }

  /** Refills the batch; each event is clutter with this probability. */
  void fill(EventBatch batch, double share) {
    batch.clear();
    double[] point = new double[low.length];
    while (!batch.isFull()) {
      reader.fill(one, 1);
      if (random.nextDouble() < share) {
        for (int j = 0; j < point.length; j++) {
          point[j] = low[j] + (high[j] - low[j]) * random.nextDouble();
        }
        batch.add(point, 0);
      } else {
        batch.add(one.values(), 0);
      }
    }
  }

  @Override
  public void close() {
    reader.close();
  }
}
