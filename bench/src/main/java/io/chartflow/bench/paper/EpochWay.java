package io.chartflow.bench.paper;

import io.chartflow.bench.experiment.RunOutcome;
import io.chartflow.bench.learn.Draws;
import io.chartflow.bench.learn.Epochs;
import io.chartflow.bench.learn.Learned;
import io.chartflow.local.data.DataSet;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.TrainingConfig;
import io.chartflow.model.engine.AtlasEngine;
import io.chartflow.model.engine.EventBatch;
import java.util.List;

/**
 * The paper's way: 5,000 points to learn from, 2,500 to stop by and 2,500 to test on, at most so
 * many epochs of Adam, over when the validation has not improved for ten of them, tested at the
 * best. Base and charts have the same settings. How many charts is chosen by the validation too
 * ({@link ChartChoice}).
 *
 * <p><em>Differs from the paper in</em>: every point is a fresh draw; codes have eight dimensions,
 * not two, since with two the charts of the helix came to −1.01 nats and with eight to −0.24. The
 * paper says neither batch, rate nor widths, nor {@code m} and {@code ε}; here they are 100, 2e-4,
 * 64, 2 and 0.1.
 *
 * @param epochs at most
 */
record EpochWay(int epochs) implements Way {

  static final String NAME = "paper";

  private static final int TRAINING = 5000;
  private static final int VALIDATION = 2500;
  private static final int TEST = 2500;
  private static final int PATIENCE = 10;

  /** Few, the paper's number, as many as the service has; and the base. */
  private static final List<Integer> CHARTS = List.of(8, 32, 64, 1);

  private static final int BATCH = 100;

  /** Constant. The experiment {@code ablation} shows what other rates do. */
  private static final double LEARNING_RATE = 2e-4;

  /** Over about two and a half epochs. */
  private static final double WEIGHT_AVERAGE = 0.99;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String size() {
    return epochs + "-epochs";
  }

  @Override
  public List<Integer> charts() {
    return CHARTS;
  }

  @Override
  public AtlasConfig config(int dimension) {
    AtlasConfig defaults = AtlasConfig.defaults(dimension);
    TrainingConfig usual = defaults.training();
    return defaults.withTraining(
        new TrainingConfig(
            BATCH,
            TRAINING,
            LEARNING_RATE,
            0,
            WEIGHT_AVERAGE,
            usual.gradientClip(),
            usual.chartLearningRate(),
            usual.chartSettleSteps(),
            usual.chartRateFloor(),
            usual.flowDelay(),
            usual.objective()));
  }

  @Override
  public RunOutcome run(AtlasEngine engine, AtlasConfig config, DataSet set, long seed) {
    EventBatch training = Draws.training(set, TRAINING, seed);
    EventBatch validation = Draws.heldOut(set, TRAINING, 0, VALIDATION, seed).events();
    Draws test = Draws.heldOut(set, TRAINING, VALIDATION, TEST, seed);
    Learned learned =
        new Epochs(epochs, PATIENCE).learn(engine, config, training, validation, seed);
    return Measurements.of(engine, learned, training, test, seed);
  }
}
