package io.chartflow.model.engine;

import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.ChartsConfig;
import io.chartflow.model.config.FlowConfig;
import io.chartflow.model.config.QuantizerConfig;
import io.chartflow.model.config.TrainingConfig;
import io.chartflow.model.random.SplitMix;
import java.util.TreeMap;

/** Small models and data sets, so that a test trains one in a second or less. */
public final class Small {

  /** Events per step of {@link #config}. */
  public static final int BATCH = 128;

  private Small() {}

  /** Learns from a batch; what the step did. */
  public static TrainReport step(AtlasTrainer trainer, EventBatch batch) {
    trainer.train(batch);
    return trainer.report();
  }

  /** Eight charts, narrow networks, a standardiser of 512 events, flows after 40 steps. */
  public static AtlasConfig config(int dimension) {
    return new AtlasConfig(
        dimension,
        new ChartsConfig(8, 2, 0.1),
        new QuantizerConfig(4, 16, 0.25, 0.99),
        FlowConfig.realNvp(3, 16, 3.0),
        new TrainingConfig(BATCH, 512, 5e-3, 300, 0.99, 5.0, 2e-3, 100, 0.02, 40),
        1);
  }

  /** A ring in two dimensions, neither centred nor in units of its spread. */
  public static EventBatch ring(int count, SplitMix random) {
    EventBatch batch = new EventBatch(count, 2);
    for (int i = 0; i < count; i++) {
      double angle = 2 * Math.PI * random.nextDouble();
      double radius = 1 + 0.1 * random.nextGaussian();
      double[] event = {5 + 3 * radius * Math.cos(angle), -2 + 0.5 * radius * Math.sin(angle)};
      batch.add(event, 0);
    }
    return batch;
  }

  /** A noisy curve through {@code dimension} dimensions. */
  public static EventBatch curve(int dimension, int count, SplitMix random) {
    EventBatch batch = new EventBatch(count, dimension);
    double[] event = new double[dimension];
    for (int i = 0; i < count; i++) {
      double t = 4 * Math.PI * random.nextDouble();
      for (int j = 0; j < dimension; j++) {
        double clean = j == 2 ? t / 4 : Math.sin(t * (1 + j / 3) + 1.3 * j);
        event[j] = clean + 0.05 * random.nextGaussian();
      }
      batch.add(event, 0);
    }
    return batch;
  }

  /** A trainer after this many batches of the ring. */
  public static AtlasTrainer trainedOnRing(AtlasConfig config, int batches) {
    return trainedOnRing(new JvmEngine(), config, batches);
  }

  /** A trainer of this engine after this many batches of the ring. */
  public static AtlasTrainer trainedOnRing(AtlasEngine engine, AtlasConfig config, int batches) {
    AtlasTrainer trainer = engine.trainer(config);
    SplitMix random = new SplitMix(77);
    for (int i = 0; i < batches; i++) {
      trainer.train(ring(BATCH, random));
    }
    return trainer;
  }

  /** What the trainer would publish now. */
  public static Atlas atlas(AtlasTrainer trainer) {
    return trainer.publish(new PublishRequest(1, 0, new TreeMap<>(), 0)).orElseThrow();
  }

  /** The scores of a batch. */
  public static ScoreBatch scores(AtlasScorer scorer, EventBatch batch) {
    ScoreBatch scores = new ScoreBatch();
    scorer.score(batch, scores);
    return scores;
  }
}
