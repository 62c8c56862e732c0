package io.chartflow.bench.flights;

import io.chartflow.bench.experiment.Label;
import io.chartflow.bench.experiment.Run;
import io.chartflow.bench.experiment.RunOutcome;
import io.chartflow.bench.experiment.RunSpec;
import io.chartflow.bench.learn.Draws;
import io.chartflow.bench.learn.Learned;
import io.chartflow.bench.learn.OnePass;
import io.chartflow.bench.learn.Scores;
import io.chartflow.local.data.DataSet;
import io.chartflow.local.data.DataSets;
import io.chartflow.local.fit.ConfigOverrides;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.MarginalKind;
import io.chartflow.model.config.TrainingConfig;
import io.chartflow.model.engine.AtlasEngine;
import io.chartflow.model.engine.DensitySum;
import io.chartflow.model.engine.EventBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of the data set {@code flights} that are for learning, in their order, dequantised
 * afresh in each pass; tested on the rows that are held out. All contenders have the same training.
 * One pass is short for the defaults, so batches are of 128 events.
 *
 * @param models what is compared
 * @param passes numbers of passes over the rows
 * @param rows to learn from
 * @param test rows to test on
 * @param marginals transform of departure, delay and distance, of contenders that have them
 * @param settings of the model by their dotted names, beside the usual ones
 * @param seeds how many, from 0
 */
public record FlightsPlan(
    List<Contender> models,
    List<Integer> passes,
    int rows,
    int test,
    List<MarginalKind> marginals,
    Map<String, String> settings,
    int seeds) {

  static final String MODEL = "model";
  static final String PASSES = "passes";
  static final String TEST = "test_log_likelihood";
  static final String SECONDS = "seconds";
  private static final int BATCH = 128;

  /** Copies lists and settings. */
  public FlightsPlan {
    models = List.copyOf(models);
    passes = List.copyOf(passes);
    marginals = List.copyOf(marginals);
    settings = Map.copyOf(settings);
  }

  /** The runs, the first seed of everything first; the kernel density estimate takes one pass. */
  public List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    DataSet flights = DataSets.named("flights");
    for (int seed = 0; seed < seeds; seed++) {
      for (int count : passes) {
        for (Contender model : models) {
          if (model != Contender.KDE || count == passes.get(0)) {
            runs.add(run(flights, model, model == Contender.KDE ? 1 : count, seed));
          }
        }
      }
    }
    return runs;
  }

  private Run run(DataSet flights, Contender model, int count, int seed) {
    AtlasConfig usual = AtlasConfig.defaults(flights.dimension()).withSeed(seed);
    AtlasConfig config =
        ConfigOverrides.apply(
            model.applyTo(usual.withTraining(training(usual.training())), marginals), settings);
    List<Label> labels =
        List.of(
            new Label(MODEL, model.text()),
            new Label(PASSES, Integer.toString(count)),
            new Label("rows", Integer.toString(rows)),
            new Label("test", Integer.toString(test)),
            new Label(Label.SEED, Integer.toString(seed)));
    return new Run(
        new RunSpec("flights", labels, config, false),
        engine ->
            model == Contender.KDE
                ? FlightsKde.run(flights, rows, test, seed)
                : learn(engine, config, flights, count, seed));
  }

  private static TrainingConfig training(TrainingConfig usual) {
    return new TrainingConfig(
        BATCH,
        usual.standardiserEvents(),
        usual.learningRate(),
        usual.rateHalving(),
        usual.weightAverage(),
        usual.gradientClip(),
        usual.chartLearningRate(),
        usual.chartSettleSteps(),
        usual.chartRateFloor(),
        usual.flowDelay(),
        usual.objective());
  }

  private RunOutcome learn(
      AtlasEngine engine, AtlasConfig config, DataSet flights, int count, long seed) {
    Learned learned = OnePass.learn(engine, config, flights, (long) rows * count, seed);
    EventBatch held = Draws.heldOut(flights, rows, 0, test, seed).events();
    Map<String, Double> values = new LinkedHashMap<>();
    values.put(TEST, Scores.mean(engine, learned.atlas(), DensitySum.TRUNCATED, held));
    values.put("mean_z", learned.atlas().meanZ());
    values.put("charts_used", (double) learned.atlas().manifest().usedCharts());
    values.put("refused_steps", (double) learned.refused());
    values.put(SECONDS, learned.seconds());
    return new RunOutcome(
        values,
        Map.of("at", learned.at(), "log_likelihood", learned.logLikelihood()),
        Optional.empty());
  }
}
