package io.chartflow.bench.drift;

import io.chartflow.bench.experiment.Label;
import io.chartflow.bench.experiment.Run;
import io.chartflow.bench.experiment.RunOutcome;
import io.chartflow.bench.experiment.RunSpec;
import io.chartflow.bench.learn.Draws;
import io.chartflow.bench.learn.OnePass;
import io.chartflow.bench.learn.Scores;
import io.chartflow.local.data.DataSet;
import io.chartflow.local.data.DataSets;
import io.chartflow.local.fit.ConfigOverrides;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.engine.AtlasEngine;
import io.chartflow.model.engine.AtlasTrainer;
import io.chartflow.model.engine.DensitySum;
import io.chartflow.model.engine.EventBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A clean stream, then one with uniform clutter over its bounding box; learned with the guard,
 * without it, and without any clutter. What is told is the log-likelihood of clean events.
 *
 * @param sets names of data sets
 * @param events clean ones, and then as many with clutter
 * @param share of clutter
 * @param guard level of {@code adaptation.guard}
 * @param settings of the model by their dotted names, beside the defaults
 * @param seeds how many, from 0
 */
public record ContaminationPlan(
    List<String> sets,
    long events,
    double share,
    double guard,
    Map<String, String> settings,
    int seeds) {

  static final String SET = "set";
  static final String CLEAN = "clean";
  static final String WITHOUT = "clutter_without_guard";
  static final String WITH = "clutter_with_guard";
  static final String MOVED_WITHOUT = "moved_without_guard";
  static final String MOVED_WITH = "moved_with_guard";
  static final String TRUTH = "true_log_likelihood";
  private static final int TEST = 10_000;

  /** Copies the sets. */
  public ContaminationPlan {
    sets = List.copyOf(sets);
    settings = Map.copyOf(settings);
  }

  /** The runs, the first seed of everything first. */
  public List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    for (int seed = 0; seed < seeds; seed++) {
      for (String set : sets) {
        runs.add(run(DataSets.named(set), seed));
      }
    }
    return runs;
  }

  private Run run(DataSet set, int seed) {
    AtlasConfig open =
        ConfigOverrides.apply(AtlasConfig.defaults(set.dimension()).withSeed(seed), settings);
    AtlasConfig guarded = open.withAdaptation(open.adaptation().withGuard(guard));
    List<Label> labels =
        List.of(
            new Label(SET, set.name()),
            new Label("events", Long.toString(events)),
            new Label("share", Double.toString(share)),
            new Label(Label.SEED, Integer.toString(seed)));
    return new Run(
        new RunSpec("contamination", labels, guarded, false),
        engine -> {
          Draws test = Draws.heldOut(set, 0, 0, TEST, seed);
          double clean = test(engine, open, set, 0, seed, test);
          double without = test(engine, open, set, share, seed, test);
          double with = test(engine, guarded, set, share, seed, test);
          Map<String, Double> values = new LinkedHashMap<>();
          values.put(TRUTH, test.trueLogLikelihood().orElse(Double.NaN));
          values.put(CLEAN, clean);
          values.put(WITHOUT, without);
          values.put(WITH, with);
          values.put(MOVED_WITHOUT, clean - without);
          values.put(MOVED_WITH, clean - with);
          return new RunOutcome(values, Map.of(), Optional.empty());
        });
  }

  /** Learns both halves of the stream, the second with clutter, and tests on clean events. */
  private double test(
      AtlasEngine engine, AtlasConfig config, DataSet set, double clutter, long seed, Draws test) {
    try (AtlasTrainer trainer = engine.trainer(config);
        Cluttered stream = new Cluttered(set, seed)) {
      EventBatch batch = new EventBatch(config.training().batch(), config.dimension());
      for (long done = 0; done < 2 * events; done += batch.size()) {
        stream.fill(batch, done < events ? 0 : clutter);
        trainer.train(batch);
      }
      return Scores.mean(engine, OnePass.publish(trainer), DensitySum.TRUNCATED, test.events());
    }
  }
}
