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
import io.chartflow.local.suggest.Column;
import io.chartflow.local.suggest.ModelSuggestion;
import io.chartflow.local.suggest.Suggestion;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.MarginalKind;
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
 * afresh in each pass; tested on the rows that are held out. All contenders have the same training,
 * and what is suggested is what {@code chartflow suggest} says of the first rows.
 *
 * @param models what is compared
 * @param passes numbers of passes over the rows
 * @param rows to learn from
 * @param test rows to test on
 * @param settings of the model by their dotted names, beside the usual ones
 * @param seeds how many, from 0
 */
public record FlightsPlan(
    List<Contender> models,
    List<Integer> passes,
    int rows,
    int test,
    Map<String, String> settings,
    int seeds) {

  static final String MODEL = "model";
  static final String PASSES = "passes";
  static final String TEST = "test_log_likelihood";
  static final String SECONDS = "seconds";
  private static final int SAMPLE = 20_000;

  /** Copies lists and settings. */
  public FlightsPlan {
    models = List.copyOf(models);
    passes = List.copyOf(passes);
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
    List<Suggestion> fields = suggestions(flights);
    List<MarginalKind> marginals = fields.stream().map(Suggestion::transform).toList();
    AtlasConfig config =
        ConfigOverrides.apply(
            model.config(usual, ModelSuggestion.of(fields, rows), marginals), settings);
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

  /** What is suggested for each feature, by the first rows as they are dequantised. */
  private List<Suggestion> suggestions(DataSet flights) {
    EventBatch sample = Draws.training(flights, Math.min(rows, SAMPLE), 0);
    List<Suggestion> suggestions = new ArrayList<>();
    for (int j = 0; j < flights.dimension(); j++) {
      Column column = new Column(flights.fields().get(j).name());
      for (int i = 0; i < sample.size(); i++) {
        column.add(sample.get(i, j));
      }
      suggestions.add(Suggestion.of(column));
    }
    return suggestions;
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
