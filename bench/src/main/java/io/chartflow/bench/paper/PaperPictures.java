package io.chartflow.bench.paper;

import io.chartflow.bench.experiment.Label;
import io.chartflow.bench.experiment.Run;
import io.chartflow.bench.experiment.RunRecord;
import io.chartflow.bench.experiment.RunSpec;
import io.chartflow.bench.experiment.RunStore;
import io.chartflow.bench.learn.Draws;
import io.chartflow.bench.learn.Scores;
import io.chartflow.bench.report.Panels;
import io.chartflow.bench.report.Panels.Line;
import io.chartflow.bench.report.Picture;
import io.chartflow.local.data.TrueDensity;
import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.engine.AtlasEngine;
import io.chartflow.model.engine.AtlasScorer;
import io.chartflow.model.engine.DensitySum;
import io.chartflow.model.engine.EventBatch;
import io.chartflow.model.engine.JvmEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * The pictures of the poster, of the first flow and the first seed: real events, samples of the
 * base, samples of the charts, events coloured by their chart; the density over a slice; and how
 * the likelihood grew.
 */
public final class PaperPictures {

  private static final int EVENTS = 2500;
  private static final int PANEL = 280;
  private static final long SEED = 1;

  private final AtlasEngine engine = new JvmEngine(1);
  private final RunStore store;
  private final List<RunSpec> specs;
  private final List<RunRecord> records;

  /**
   * @param store where the atlases are
   * @param runs that were made
   * @param records what they found; those of other runs are not shown
   */
  public PaperPictures(RunStore store, List<Run> runs, List<RunRecord> records) {
    this.store = store;
    List<Map<String, String>> shown = records.stream().map(RunRecord::labels).toList();
    this.specs =
        runs.stream()
            .map(Run::spec)
            .filter(spec -> spec.keepsAtlas() && shown.contains(spec.labelsByName()))
            .toList();
    this.records = records;
  }

  /** PNG files by their names, without the ending. */
  public Map<String, byte[]> all() {
    Map<String, byte[]> pictures = new LinkedHashMap<>();
    for (String way : values(PaperPlan.WAY)) {
      List<Chart<?, ?>> curves = new ArrayList<>();
      for (String set : values(PaperPlan.SET)) {
        String model = values(PaperPlan.MODEL).get(0);
        Optional<Atlas> base = atlas(way, set, model, true);
        Optional<Atlas> charts = atlas(way, set, model, false);
        if (base.isPresent() && charts.isPresent()) {
          EventBatch real = Draws.training(PaperSet.named(set).dataSet(), EVENTS, SEED);
          pictures.put(
              "paper-" + way + "-" + set + "-samples", samples(real, base.get(), charts.get()));
          pictures.put(
              "paper-" + way + "-" + set + "-slice",
              slice(PaperSet.named(set), real, base.get(), charts.get()));
        }
        curves.add(curve(way, set, model));
      }
      pictures.put("paper-" + way + "-learning", Picture.png(curves, 2));
    }
    return pictures;
  }

  private List<String> values(String label) {
    return specs.stream().map(spec -> spec.labelsByName().get(label)).distinct().toList();
  }

  private Optional<Atlas> atlas(String way, String set, String model, boolean single) {
    return specs.stream()
        .filter(spec -> isOf(spec.labelsByName(), way, set, model, single))
        .findFirst()
        .flatMap(store::atlas);
  }

  private static boolean isOf(
      Map<String, String> labels, String way, String set, String model, boolean single) {
    return way.equals(labels.get(PaperPlan.WAY))
        && set.equals(labels.get(PaperPlan.SET))
        && model.equals(labels.get(PaperPlan.MODEL))
        && single == "1".equals(labels.get(PaperPlan.CHARTS));
  }

  private byte[] samples(EventBatch real, Atlas base, Atlas charts) {
    View view = new View(real);
    int[] none = new int[EVENTS];
    return Picture.png(
        List.of(
            panel("real events", real, none, view),
            panel("samples of the base", sample(base), none, view),
            panel("samples of the charts", sample(charts), none, view),
            panel(
                "events by their chart",
                real,
                Scores.charts(engine, charts, DensitySum.TRUNCATED, real),
                view)),
        4);
  }

  private static Chart<?, ?> panel(String title, EventBatch events, int[] group, View view) {
    return Panels.points(title, PANEL, View.across(events), View.up(events), group, view.window());
  }

  private EventBatch sample(Atlas atlas) {
    try (AtlasScorer scorer = engine.scorer(atlas, DensitySum.TRUNCATED)) {
      return scorer.sample(EVENTS, SEED);
    }
  }

  private byte[] slice(PaperSet set, EventBatch real, Atlas base, Atlas charts) {
    EventBatch grid = new Slice(real).grid();
    Optional<TrueDensity> truth = set.dataSet().truth();
    double[] exact = new double[grid.size()];
    for (int i = 0; i < exact.length; i++) {
      double[] point = {grid.get(i, 0), grid.get(i, 1), grid.get(i, 2)};
      exact[i] = truth.isEmpty() ? Double.NaN : truth.get().logDensity(point, 0);
    }
    double highest = Arrays.stream(exact).filter(Double::isFinite).max().orElse(0);
    return Picture.png(
        List.of(
            heat("truth", exact, highest),
            heat("base", Scores.logDensities(engine, base, DensitySum.TRUNCATED, grid), highest),
            heat(
                "charts",
                Scores.logDensities(engine, charts, DensitySum.TRUNCATED, grid),
                highest)),
        3);
  }

  private static Chart<?, ?> heat(String title, double[] logDensities, double highest) {
    return Panels.heat(title, PANEL, Slice.SIDE, Slice.shades(logDensities, highest));
  }

  private Chart<?, ?> curve(String way, String set, String model) {
    List<Line> lines = new ArrayList<>();
    for (RunRecord record : records) {
      if (!record.label(Label.SEED).equals("0")) {
        continue;
      }
      for (boolean single : new boolean[] {true, false}) {
        if (isOf(record.labels(), way, set, model, single)) {
          List<Double> at = record.curves().getOrDefault(Measurements.CURVE_AT, List.of());
          List<Double> up = record.curves().getOrDefault(Measurements.CURVE, List.of());
          lines.add(new Line(single ? "base" : "charts", at, up));
          double truth = record.value(Measurements.TRUTH);
          if (!single && Double.isFinite(truth) && at.size() > 1) {
            lines.add(
                new Line(
                    "truth", List.of(at.get(0), at.get(at.size() - 1)), List.of(truth, truth)));
          }
        }
      }
    }
    String across = way.equals("stream") ? "events" : "epochs";
    return Panels.lines(PaperSet.named(set).title(), across, "nats", 420, 260, lines);
  }
}
