package io.chartflow.bench.learn;

import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.engine.AtlasEngine;
import io.chartflow.model.engine.AtlasTrainer;
import io.chartflow.model.engine.DensitySum;
import io.chartflow.model.engine.EventBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Many passes over few points, in an order that is shuffled for each, until the validation no
 * longer improves; the atlas is that of the best epoch. The standardiser is fitted by one pass, and
 * the charts have {@code training.flowDelay} steps before the first epoch is counted, since the
 * flows do not learn in either. Surfaces are validated in the space around them: on a surface that
 * is still folded the density is highest.
 *
 * @param epochs at most
 * @param patience epochs without improvement after which to stop
 */
public record Epochs(int epochs, int patience) {

  /**
   * Learns.
   *
   * @throws IllegalArgumentException if the standardiser is not fitted by exactly one pass
   */
  public Learned learn(
      AtlasEngine engine,
      AtlasConfig config,
      EventBatch training,
      EventBatch validation,
      long seed) {
    if (config.training().standardiserEvents() != training.size()) {
      throw new IllegalArgumentException(
          "training.standardiserEvents must be the %d training points, got %d"
              .formatted(training.size(), config.training().standardiserEvents()));
    }
    try (AtlasTrainer trainer = engine.trainer(config)) {
      Shuffled shuffled = new Shuffled(training, config.training().batch(), seed);
      CpuClock clock = new CpuClock();
      long refused = shuffled.pass(trainer);
      while (!trainer.isReady()) {
        refused += shuffled.step(trainer);
      }
      return untilBest(engine, trainer, shuffled, validation, refused, clock);
    }
  }

  private Learned untilBest(
      AtlasEngine engine,
      AtlasTrainer trainer,
      Shuffled shuffled,
      EventBatch validation,
      long refusedBefore,
      CpuClock clock) {
    List<Double> at = new ArrayList<>();
    List<Double> curve = new ArrayList<>();
    EarlyStopping stopping = EarlyStopping.after(patience);
    Atlas best = OnePass.publish(trainer);
    long refused = refusedBefore;
    while (stopping.epoch() < epochs && !stopping.isOver()) {
      refused += shuffled.pass(trainer);
      Atlas atlas = OnePass.publish(trainer);
      double value = Scores.inSpace(engine, atlas, DensitySum.TRUNCATED, validation);
      stopping = stopping.next(value);
      at.add((double) stopping.epoch());
      curve.add(value);
      best = stopping.improved() ? atlas : best;
    }
    return new Learned(best, at, curve, stopping.bestEpoch(), refused, clock.seconds());
  }

  /** Batches of the points in an order that is new whenever all were given. */
  private static final class Shuffled {

    private final EventBatch points;
    private final EventBatch batch;
    private final SplittableRandom random;
    private final int[] order;
    private int next;

    Shuffled(EventBatch points, int batch, long seed) {
      this.points = points;
      this.batch = new EventBatch(batch, points.dimension());
      this.random = new SplittableRandom(seed);
      this.order = new int[points.size()];
      for (int i = 0; i < order.length; i++) {
        order[i] = i;
      }
      this.next = order.length;
    }

    /** Steps until all points of an order were given; returns the batches that were refused. */
    long pass(AtlasTrainer trainer) {
      long refused = step(trainer);
      while (next < order.length) {
        refused += step(trainer);
      }
      return refused;
    }

    /** One step; returns 1 if it was refused. */
    int step(AtlasTrainer trainer) {
      if (next == order.length) {
        shuffle();
        next = 0;
      }
      batch.clear();
      while (!batch.isFull() && next < order.length) {
        batch.add(points.values(), order[next++] * points.dimension());
      }
      trainer.train(batch);
      return trainer.report().refused() ? 1 : 0;
    }

    private void shuffle() {
      for (int i = order.length - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int swapped = order[i];
        order[i] = order[j];
        order[j] = swapped;
      }
    }
  }
}
