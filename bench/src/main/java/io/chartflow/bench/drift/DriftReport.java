package io.chartflow.bench.drift;

import static io.chartflow.bench.report.MarkdownTable.number;

import io.chartflow.bench.experiment.Label;
import io.chartflow.bench.experiment.RunRecord;
import io.chartflow.bench.report.Cell;
import io.chartflow.bench.report.MarkdownTable;
import io.chartflow.bench.report.Panels;
import io.chartflow.bench.report.Panels.Line;
import io.chartflow.bench.report.Picture;
import io.chartflow.bench.report.Report;
import io.chartflow.bench.report.Targets;
import io.chartflow.bench.stats.Summary;
import java.util.List;
import java.util.Locale;

/** Tables and picture of the experiments with worlds that change. */
public final class DriftReport {

  private static final String SCENARIOS =
      """
      ## Changes

      Each event is scored before it is learned from, at the default settings. `gap` is the mean true
      log-density of the moment minus the model's, over windows of 10,240 events. `recovery` counts
      events from the change to the end of the first window whose gap is within 0.1 nats of that
      before, and stays there for the next four. Medians over seeds, worst seed behind.

      """;

  private static final String CLUTTER =
      """

      ## Clutter

      500,000 clean events, then as many of which 5 % are uniform over the bounding box. Mean
      log-density of 10,000 clean events, nats, and by how much the clutter moved it: the run without
      clutter minus the run with it, on the same events. Medians over seeds.

      """;

  private static final double DEPTH = 2;

  private DriftReport() {}

  /** The document, made from the report alone. */
  public static String markdown(Report report) {
    MarkdownTable changes =
        new MarkdownTable(
            "scenario",
            "what happens",
            "gap before",
            "worst gap",
            "recovery, events",
            "gap at the end");
    MarkdownTable clutter =
        new MarkdownTable(
            "set",
            "truth",
            "no clutter",
            "clutter, no guard",
            "clutter, guard",
            "moved, no guard",
            "moved, guard");
    Targets targets = new Targets();
    for (Cell cell : report.cells()) {
      if (cell.labels().containsKey(DriftPlan.SCENARIO)) {
        changes.row(change(cell));
        if (Scenario.named(cell.label(DriftPlan.SCENARIO)).isAbrupt()) {
          targets.atMost(
              "events until it is back, " + cell.label(DriftPlan.SCENARIO),
              200_000,
              cell.value(DriftPlan.RECOVERY).median(),
              0);
        }
      } else {
        clutter.row(clutter(cell));
        targets.atMost(
            "nats that guarded clutter moves, " + cell.label(ContaminationPlan.SET),
            0.05,
            Math.abs(cell.value(ContaminationPlan.MOVED_WITH).median()),
            3);
      }
    }
    return report.head("Worlds that change")
        + SCENARIOS
        + changes
        + "\n![prequential log-likelihood](drift.png)\n\nSeed 0; the model's line is cut 2 nats below the oracle's lowest.\n"
        + CLUTTER
        + clutter
        + targets;
  }

  private static List<String> change(Cell cell) {
    Scenario scenario = Scenario.named(cell.label(DriftPlan.SCENARIO));
    return List.of(
        scenario.text(),
        scenario.what(),
        number(cell.value(DriftPlan.GAP_BEFORE).median(), 3),
        number(cell.value(DriftPlan.WORST).median(), 2),
        scenario.isAbrupt() ? recovery(cell.value(DriftPlan.RECOVERY)) : "–",
        number(cell.value(DriftPlan.GAP_LAST).median(), 3));
  }

  private static String recovery(Summary events) {
    return Double.isFinite(events.mean())
        ? String.format(Locale.ROOT, "%,.0f (%,.0f)", events.median(), events.highest())
        : "not in every run";
  }

  private static List<String> clutter(Cell cell) {
    return List.of(
        cell.label(ContaminationPlan.SET),
        number(cell.value(ContaminationPlan.TRUTH).median(), 3),
        number(cell.value(ContaminationPlan.CLEAN).median(), 3),
        number(cell.value(ContaminationPlan.WITHOUT).median(), 3),
        number(cell.value(ContaminationPlan.WITH).median(), 3),
        number(cell.value(ContaminationPlan.MOVED_WITHOUT).median(), 3),
        number(cell.value(ContaminationPlan.MOVED_WITH).median(), 3));
  }

  /** Model and oracle over events, of the first seed; cut {@value #DEPTH} nats below the oracle. */
  public static byte[] picture(List<RunRecord> records) {
    return Picture.png(
        records.stream()
            .filter(record -> record.labels().containsKey(DriftPlan.SCENARIO))
            .filter(record -> record.label(Label.SEED).equals("0"))
            .map(
                record -> {
                  List<Double> at = record.curves().getOrDefault(DriftPlan.AT, List.of());
                  return Panels.lines(
                      record.label(DriftPlan.SCENARIO),
                      "events",
                      "nats",
                      420,
                      260,
                      List.of(
                          new Line(DriftPlan.MODEL, at, cut(record)),
                          line(DriftPlan.ORACLE, at, record)));
                })
            .toList(),
        2);
  }

  /** A change throws a model back by tens of nats, beside which nothing else would be seen. */
  private static List<Double> cut(RunRecord record) {
    List<Double> oracle = record.curves().getOrDefault(DriftPlan.ORACLE, List.of());
    double floor = oracle.stream().mapToDouble(Double::doubleValue).min().orElse(0) - DEPTH;
    return record.curves().getOrDefault(DriftPlan.MODEL, List.of()).stream()
        .map(nats -> nats < floor ? Double.valueOf(floor) : nats)
        .toList();
  }

  private static Line line(String name, List<Double> at, RunRecord record) {
    return new Line(name, at, record.curves().getOrDefault(name, List.of()));
  }
}
