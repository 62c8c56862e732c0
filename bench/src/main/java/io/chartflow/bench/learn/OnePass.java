package io.chartflow.bench.learn;

import io.chartflow.local.data.DataSet;
import io.chartflow.local.fit.EventReader;
import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.engine.AtlasEngine;
import io.chartflow.model.engine.AtlasTrainer;
import io.chartflow.model.engine.EventBatch;
import io.chartflow.model.engine.PublishRequest;
import io.chartflow.model.engine.TrainReport;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Each event once, as a stream gives them. */
public final class OnePass {

  private static final int POINTS = 50;

  private OnePass() {}

  /** Learns {@code events} events of the set and publishes. */
  public static Learned learn(
      AtlasEngine engine, AtlasConfig config, DataSet set, long events, long seed) {
    List<Double> at = new ArrayList<>();
    List<Double> curve = new ArrayList<>();
    try (AtlasTrainer trainer = engine.trainer(config);
        EventReader reader = new EventReader(set, set.training(seed), seed)) {
      EventBatch batch = new EventBatch(config.training().batch(), config.dimension());
      PrequentialMean mean = new PrequentialMean();
      long refused = 0;
      CpuClock clock = new CpuClock();
      for (long done = 0; done < events; ) {
        reader.fill(batch, events - done);
        trainer.train(batch);
        TrainReport report = trainer.report();
        refused += report.refused() ? 1 : 0;
        mean.add(report);
        long next = done + batch.size();
        if (next * POINTS / events > done * POINTS / events && mean.isPresent()) {
          at.add((double) next);
          curve.add(mean.take());
        }
        done = next;
      }
      double seconds = clock.seconds();
      return new Learned(publish(trainer), at, curve, 0, refused, seconds);
    }
  }

  /** A version of this moment. */
  public static Atlas publish(AtlasTrainer trainer) {
    return trainer
        .publish(new PublishRequest(1, 0, new TreeMap<>(), Long.MIN_VALUE))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the flows have not begun to learn, so there is nothing to publish"));
  }
}
