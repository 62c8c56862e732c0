package io.chartflow.bench.calibration;

import io.chartflow.bench.experiment.Label;
import io.chartflow.bench.experiment.Run;
import io.chartflow.bench.experiment.RunOutcome;
import io.chartflow.bench.experiment.RunSpec;
import io.chartflow.bench.learn.Draws;
import io.chartflow.bench.learn.Learned;
import io.chartflow.bench.learn.OnePass;
import io.chartflow.bench.learn.Scores;
import io.chartflow.bench.stats.UniformDistance;
import io.chartflow.local.data.DataSet;
import io.chartflow.local.data.DataSets;
import io.chartflow.local.fit.ConfigOverrides;
import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.engine.AtlasEngine;
import io.chartflow.model.engine.DensitySum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A stationary stream is learned in one pass at the default settings, a version is published, and
 * fresh events are scored with it: their p-values should be uniform.
 *
 * @param sets names of data sets
 * @param events to learn from
 * @param fresh events to score
 * @param settings of the model by their dotted names, beside the defaults
 * @param seeds how many, from 0
 */
public record CalibrationPlan(
    List<String> sets, long events, int fresh, Map<String, String> settings, int seeds) {

  static final String SET = "set";
  static final String DISTANCE = "kolmogorov_smirnov";
  static final String ALARMS = "alarms";
  static final String CALIBRATED = "calibrated_on";
  static final String QUANTILES = "quantiles";
  private static final double LEVEL = 0.001;
  private static final int POINTS = 100;

  /** Copies the sets. */
  public CalibrationPlan {
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
    AtlasConfig config =
        ConfigOverrides.apply(AtlasConfig.defaults(set.dimension()).withSeed(seed), settings);
    List<Label> labels =
        List.of(
            new Label(SET, set.name()),
            new Label("events", Long.toString(events)),
            new Label("fresh", Integer.toString(fresh)),
            new Label(Label.SEED, Integer.toString(seed)));
    return new Run(
        new RunSpec("calibration", labels, config, false),
        engine -> test(engine, config, set, seed));
  }

  private RunOutcome test(AtlasEngine engine, AtlasConfig config, DataSet set, long seed) {
    Learned learned = OnePass.learn(engine, config, set, events, seed);
    Atlas atlas = learned.atlas();
    double[] p =
        Arrays.stream(
                Scores.logDensities(
                    engine,
                    atlas,
                    DensitySum.TRUNCATED,
                    Draws.heldOut(set, events, 0, fresh, seed).events()))
            .map(logDensity -> atlas.pValues().pValue(-logDensity))
            .sorted()
            .toArray();
    Map<String, Double> values = new LinkedHashMap<>();
    values.put(DISTANCE, UniformDistance.kolmogorovSmirnov(p));
    values.put(ALARMS, (double) Arrays.stream(p).filter(value -> value <= LEVEL).count());
    values.put(CALIBRATED, (double) atlas.pValues().n());
    values.put("seconds", learned.seconds());
    List<Double> quantiles = new ArrayList<>();
    for (int i = 0; i <= POINTS; i++) {
      quantiles.add(p[(int) ((p.length - 1) * (long) i / POINTS)]);
    }
    return new RunOutcome(values, Map.of(QUANTILES, quantiles), Optional.empty());
  }
}
