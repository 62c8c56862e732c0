package io.chartflow.bench.paper;

import io.chartflow.bench.experiment.Label;
import io.chartflow.bench.experiment.Run;
import io.chartflow.bench.experiment.RunSpec;
import io.chartflow.local.fit.ConfigOverrides;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.ChartsConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rate of Adam, which the paper does not say and which decides how far a base comes in 100
 * epochs, and so how much charts add to it: RealNVP on the helix, its way, over constant rates.
 *
 * @param rates of Adam
 * @param epochs at most
 * @param settings of the model by their dotted names, beside the defaults
 * @param seeds how many, from 0
 */
public record RatePlan(List<Double> rates, int epochs, Map<String, String> settings, int seeds) {

  static final String RATE = "rate";

  /** The paper's number, and the base. */
  private static final List<Integer> CHARTS = List.of(32, 1);

  /** Copies rates and settings. */
  public RatePlan {
    rates = List.copyOf(rates);
    settings = Map.copyOf(settings);
  }

  /** The runs, the first seed of everything first. */
  public List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    Way way = PaperPlan.epochs(epochs);
    for (int seed = 0; seed < seeds; seed++) {
      for (double rate : rates) {
        for (int count : CHARTS) {
          runs.add(run(way, rate, count, seed));
        }
      }
    }
    return runs;
  }

  private Run run(Way way, double rate, int count, int seed) {
    AtlasConfig base = FlowModel.REALNVP.applyTo(way.config(3)).withSeed(seed);
    AtlasConfig cover =
        count == 1 ? base.withCharts(ChartsConfig.single()) : base.withCharts(atlas(base, count));
    Map<String, String> all = new TreeMap<>(settings);
    all.put("training.learningRate", Double.toString(rate));
    AtlasConfig config = ConfigOverrides.apply(cover, all);
    List<Label> labels =
        List.of(
            new Label(RATE, Double.toString(rate)),
            new Label(PaperPlan.CHARTS, Integer.toString(count)),
            new Label(PaperPlan.SIZE, way.size()),
            new Label(Label.SEED, Integer.toString(seed)));
    return new Run(
        new RunSpec("rates", labels, config, false),
        engine -> way.run(engine, config, PaperSet.HELIX.dataSet(), seed));
  }

  private static ChartsConfig atlas(AtlasConfig base, int count) {
    ChartsConfig usual = base.charts();
    return new ChartsConfig(count, Math.min(count, usual.m()), usual.epsilon(), usual.prior());
  }
}
