package io.chartflow.bench;

import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.ChartsConfig;
import io.chartflow.model.config.TrainingConfig;
import io.chartflow.model.engine.AtlasEngine;
import io.chartflow.model.engine.AtlasScorer;
import io.chartflow.model.engine.AtlasTrainer;
import io.chartflow.model.engine.DensitySum;
import io.chartflow.model.engine.EventBatch;
import io.chartflow.model.engine.PublishRequest;
import java.util.TreeMap;

/** A trainer whose flows have begun to learn, and a scorer of the version it published then. */
record LearnedEngine(AtlasTrainer trainer, AtlasScorer scorer) implements AutoCloseable {

  private static final int STEPS_BEFORE_FLOWS = 20;
  private static final int STEPS = 100;

  /** Learns from {@code batches} in turn; the waits of the default training are cut short. */
  static LearnedEngine on(AtlasEngine engine, int charts, DensitySum sum, EventBatch[] batches) {
    AtlasTrainer trainer = engine.trainer(config(charts, batches[0]));
    for (int step = 0; step < STEPS; step++) {
      trainer.train(batches[step % batches.length]);
    }
    PublishRequest first = new PublishRequest(1, 0, new TreeMap<>(), Long.MIN_VALUE);
    Atlas atlas =
        trainer
            .publish(first)
            .orElseThrow(() -> new IllegalStateException("nothing learned in " + STEPS + " steps"));
    return new LearnedEngine(trainer, engine.scorer(atlas, sum));
  }

  private static AtlasConfig config(int charts, EventBatch batch) {
    AtlasConfig defaults = AtlasConfig.defaults(batch.dimension());
    ChartsConfig cover = defaults.charts();
    TrainingConfig training = defaults.training();
    return defaults
        .withCharts(new ChartsConfig(charts, cover.m(), cover.epsilon()))
        .withTraining(
            new TrainingConfig(
                batch.size(),
                2 * batch.size(),
                training.learningRate(),
                training.rateHalving(),
                training.weightAverage(),
                training.gradientClip(),
                training.chartLearningRate(),
                STEPS_BEFORE_FLOWS,
                training.chartRateFloor(),
                STEPS_BEFORE_FLOWS));
  }

  @Override
  public void close() {
    trainer.close();
    scorer.close();
  }
}
