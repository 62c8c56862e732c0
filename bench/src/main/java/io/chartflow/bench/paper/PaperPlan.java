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

/**
 * All runs of the paper's experiment, the first seed of everything first.
 *
 * @param ways how to learn
 * @param sets shapes
 * @param models flows
 * @param charts numbers of charts, 1 for the base alone; empty for those of each way
 * @param seeds how many, from 0
 * @param settings of the model by their dotted names, beside those of each way
 */
public record PaperPlan(
    List<Way> ways,
    List<PaperSet> sets,
    List<FlowModel> models,
    List<Integer> charts,
    int seeds,
    Map<String, String> settings) {

  static final String WAY = "way";
  static final String SET = "set";
  static final String MODEL = "model";
  static final String CHARTS = "charts";
  static final String SIZE = "size";

  /** Copies the lists. */
  public PaperPlan {
    ways = List.copyOf(ways);
    sets = List.copyOf(sets);
    models = List.copyOf(models);
    charts = List.copyOf(charts);
    settings = Map.copyOf(settings);
  }

  /** One pass over this many events. */
  public static Way stream(long events) {
    return new StreamWay(events);
  }

  /** The paper's way with at most this many epochs. */
  public static Way epochs(int epochs) {
    return new EpochWay(epochs);
  }

  /** The runs. */
  public List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    for (int seed = 0; seed < seeds; seed++) {
      for (Way way : ways) {
        for (PaperSet set : sets) {
          for (FlowModel model : models) {
            for (int count : charts.isEmpty() ? way.charts() : charts) {
              runs.add(run(way, set, model, count, seed));
            }
          }
        }
      }
    }
    return runs;
  }

  private Run run(Way way, PaperSet set, FlowModel model, int count, long seed) {
    AtlasConfig base = way.config(set.dataSet().dimension());
    ChartsConfig cover = base.charts();
    ChartsConfig charts =
        count == 1
            ? ChartsConfig.single()
            : new ChartsConfig(count, Math.min(count, cover.m()), cover.epsilon(), cover.prior());
    AtlasConfig usual = model.applyTo(base.withCharts(charts)).withSeed(seed);
    AtlasConfig config = ConfigOverrides.apply(usual, settings);
    List<Label> labels =
        List.of(
            new Label(WAY, way.name()),
            new Label(SET, set.text()),
            new Label(MODEL, model.text()),
            new Label(CHARTS, Integer.toString(count)),
            new Label(SIZE, way.size()),
            new Label(Label.SEED, Long.toString(seed)));
    return new Run(
        new RunSpec("paper", labels, config, seed == 0),
        engine -> way.run(engine, config, set.dataSet(), seed));
  }
}
