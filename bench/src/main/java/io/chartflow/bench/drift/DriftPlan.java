package io.chartflow.bench.drift;

import io.chartflow.bench.experiment.Label;
import io.chartflow.bench.experiment.Run;
import io.chartflow.bench.experiment.RunOutcome;
import io.chartflow.bench.experiment.RunSpec;
import io.chartflow.bench.learn.PrequentialMean;
import io.chartflow.local.fit.ConfigOverrides;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.engine.AtlasEngine;
import io.chartflow.model.engine.AtlasTrainer;
import io.chartflow.model.engine.EventBatch;
import io.chartflow.model.engine.TrainReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Streams that change, learned at the default settings. Each event is scored before it is learned
 * from; beside it the oracle scores it with the true density of the moment.
 *
 * @param scenarios how the worlds change
 * @param before events before the change, rounded up to whole windows
 * @param after events after it, rounded up as well
 * @param settings of the model by their dotted names, beside the defaults
 * @param seeds how many, from 0
 */
public record DriftPlan(
    List<Scenario> scenarios, long before, long after, Map<String, String> settings, int seeds) {

  /** Batches of a window: 10,240 events at the default batch. */
  static final int WINDOW_BATCHES = 20;

  static final String SCENARIO = "scenario";
  static final String AT = "at";
  static final String MODEL = "model";
  static final String ORACLE = "oracle";
  static final String GAP_BEFORE = "gap_before";
  static final String WORST = "worst_gap";
  static final String RECOVERY = "recovery_events";
  static final String GAP_LAST = "gap_last";
  private static final double TOLERANCE = 0.1;

  /** Copies the scenarios. */
  public DriftPlan {
    scenarios = List.copyOf(scenarios);
    settings = Map.copyOf(settings);
  }

  /** The runs, the first seed of everything first. */
  public List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    for (int seed = 0; seed < seeds; seed++) {
      for (Scenario scenario : scenarios) {
        runs.add(run(scenario, seed));
      }
    }
    return runs;
  }

  private Run run(Scenario scenario, int seed) {
    AtlasConfig usual = AtlasConfig.defaults(3).withSeed(seed);
    AtlasConfig config = ConfigOverrides.apply(scenario.applyTo(usual), settings);
    List<Label> labels =
        List.of(
            new Label(SCENARIO, scenario.text()),
            new Label("before", Long.toString(before)),
            new Label("after", Long.toString(after)),
            new Label(Label.SEED, Integer.toString(seed)));
    return new Run(
        new RunSpec("drift", labels, config, false),
        engine -> learn(engine, config, scenario, seed));
  }

  private RunOutcome learn(AtlasEngine engine, AtlasConfig config, Scenario scenario, long seed) {
    long window = (long) WINDOW_BATCHES * config.training().batch();
    int change = (int) ((before + window - 1) / window);
    int windows = change + (int) ((after + window - 1) / window);
    World world = scenario.world(change * window);
    List<Double> at = new ArrayList<>();
    List<Double> model = new ArrayList<>();
    List<Double> oracle = new ArrayList<>();
    try (AtlasTrainer trainer = engine.trainer(config);
        World.Events events = world.events(seed)) {
      EventBatch batch = new EventBatch(config.training().batch(), config.dimension());
      for (int w = 0; w < windows; w++) {
        window(trainer, world, events, batch, model, oracle);
        at.add((double) (w + 1) * window);
      }
    }
    List<Double> gaps = new ArrayList<>();
    for (int w = 0; w < windows; w++) {
      gaps.add(oracle.get(w) - model.get(w));
    }
    Recovery recovery = Recovery.of(gaps, change, window, TOLERANCE);
    Map<String, Double> values = new LinkedHashMap<>();
    values.put(GAP_BEFORE, recovery.before());
    values.put(WORST, recovery.worst());
    values.put(RECOVERY, scenario.isAbrupt() ? recovery.events() : Double.NaN);
    values.put(GAP_LAST, recovery.last());
    return new RunOutcome(values, Map.of(AT, at, MODEL, model, ORACLE, oracle), Optional.empty());
  }

  private static void window(
      AtlasTrainer trainer,
      World world,
      World.Events events,
      EventBatch batch,
      List<Double> model,
      List<Double> oracle) {
    PrequentialMean learned = new PrequentialMean();
    double truth = 0;
    double[] x = new double[batch.dimension()];
    for (int i = 0; i < WINDOW_BATCHES; i++) {
      batch.clear();
      while (!batch.isFull()) {
        long index = events.next(x);
        truth += world.logDensity(x, index) / (WINDOW_BATCHES * (double) batch.capacity());
        batch.add(x, 0);
      }
      trainer.train(batch);
      TrainReport report = trainer.report();
      learned.add(report);
    }
    model.add(learned.take());
    oracle.add(truth);
  }
}
