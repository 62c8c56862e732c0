package io.chartflow.bench.surface;

import io.chartflow.bench.experiment.Label;
import io.chartflow.bench.experiment.Run;
import io.chartflow.bench.experiment.RunOutcome;
import io.chartflow.bench.experiment.RunSpec;
import io.chartflow.bench.learn.Draws;
import io.chartflow.bench.learn.Learned;
import io.chartflow.bench.learn.OnePass;
import io.chartflow.bench.learn.Scores;
import io.chartflow.bench.paper.FlowModel;
import io.chartflow.local.data.DataSet;
import io.chartflow.local.data.DataSets;
import io.chartflow.local.fit.ConfigOverrides;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.EmbeddingConfig;
import io.chartflow.model.engine.AtlasEngine;
import io.chartflow.model.engine.DensitySum;
import io.chartflow.model.engine.EventBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The projected normal on the unit sphere in one pass, with charts of dimension two at the default
 * settings; tested on fresh events of the sphere, and on the same moved outwards.
 *
 * @param models flows in the plane
 * @param events to learn from
 * @param settings of the model by their dotted names, beside the defaults
 * @param seeds how many, from 0
 */
public record SurfacePlan(
    List<FlowModel> models, long events, Map<String, String> settings, int seeds) {

  static final String MODEL = "model";
  static final String TEST = "test_log_likelihood";
  static final String TRUTH = "true_log_likelihood";
  static final String GAP = "gap";
  static final String DISTANCE = "distance_on_the_sphere";
  static final String MOVED = "distance_when_moved";
  static final String Z = "mean_z";
  static final String SECONDS = "seconds";

  /** How far events are moved along their radius. */
  static final double MOVE = 0.1;

  private static final int TEST_EVENTS = 10_000;

  /** Copies models and settings. */
  public SurfacePlan {
    models = List.copyOf(models);
    settings = Map.copyOf(settings);
  }

  /** The runs, the first seed of everything first. */
  public List<Run> runs() {
    DataSet sphere = DataSets.named("projected-normal");
    List<Run> runs = new ArrayList<>();
    for (int seed = 0; seed < seeds; seed++) {
      for (FlowModel model : models) {
        runs.add(run(sphere, model, seed));
      }
    }
    return runs;
  }

  private Run run(DataSet sphere, FlowModel model, int seed) {
    AtlasConfig usual =
        model
            .applyTo(AtlasConfig.defaults(sphere.dimension()))
            .withEmbedding(EmbeddingConfig.of(2))
            .withSeed(seed);
    AtlasConfig config = ConfigOverrides.apply(usual, settings);
    List<Label> labels =
        List.of(
            new Label(MODEL, model.text()),
            new Label("events", Long.toString(events)),
            new Label(Label.SEED, Integer.toString(seed)));
    return new Run(
        new RunSpec("surface", labels, config, false),
        engine -> learn(engine, config, sphere, seed));
  }

  private RunOutcome learn(AtlasEngine engine, AtlasConfig config, DataSet sphere, long seed) {
    Learned learned = OnePass.learn(engine, config, sphere, events, seed);
    Draws test = Draws.heldOut(sphere, events, 0, TEST_EVENTS, seed);
    DensitySum sum = DensitySum.TRUNCATED;
    double score = Scores.mean(engine, learned.atlas(), sum, test.events());
    double truth = test.trueLogLikelihood().orElse(Double.NaN);
    Map<String, Double> values = new LinkedHashMap<>();
    values.put(TEST, score);
    values.put(TRUTH, truth);
    values.put(GAP, truth - score);
    values.put(
        DISTANCE, Scores.mean(Scores.distances(engine, learned.atlas(), sum, test.events())));
    values.put(
        MOVED, Scores.mean(Scores.distances(engine, learned.atlas(), sum, moved(test.events()))));
    values.put(Z, learned.atlas().meanZ());
    values.put(SECONDS, learned.seconds());
    return new RunOutcome(
        values,
        Map.of("at", learned.at(), "log_likelihood", learned.logLikelihood()),
        Optional.empty());
  }

  private static EventBatch moved(EventBatch events) {
    EventBatch moved = new EventBatch(events.size(), events.dimension());
    double[] x = new double[events.dimension()];
    for (int i = 0; i < events.size(); i++) {
      for (int j = 0; j < x.length; j++) {
        x[j] = (1 + MOVE) * events.get(i, j);
      }
      moved.add(x, 0);
    }
    return moved;
  }
}
