package io.chartflow.bench.surface;

import static io.chartflow.bench.report.MarkdownTable.interval;
import static io.chartflow.bench.report.MarkdownTable.number;

import io.chartflow.bench.paper.FlowModel;
import io.chartflow.bench.report.Cell;
import io.chartflow.bench.report.MarkdownTable;
import io.chartflow.bench.report.Report;
import io.chartflow.bench.report.Targets;
import java.util.List;

/** The table of the experiment on the sphere. */
public final class SurfaceReport {

  private static final String INTRODUCTION =
      """
      Events on the unit sphere of three dimensions, the projected normal about (−1, −1, 0), learned in
      one pass with charts of dimension two. Mean log-density of 10,000 fresh events per unit of area,
      nats, mean ± 95 %% interval over seeds, and its gap to the exact density, a median. Behind it the
      mean distance from the surface that is told, of those events and of the same moved %s outwards.

      """;

  private SurfaceReport() {}

  /** The document, made from the report alone. */
  public static String markdown(Report report) {
    MarkdownTable table =
        new MarkdownTable(
            "flow in the plane",
            "truth",
            "model",
            "gap",
            "distance told",
            "distance told, moved",
            "`Σ p_k Z_k`",
            "CPU s");
    Targets targets = new Targets();
    for (Cell cell : report.cells()) {
      targets.atMost(
          "gap to the exact density, " + FlowModel.named(cell.label(SurfacePlan.MODEL)).title(),
          0.05,
          Math.abs(cell.value(SurfacePlan.GAP).median()),
          3);
      table.row(
          List.of(
              FlowModel.named(cell.label(SurfacePlan.MODEL)).title(),
              number(cell.value(SurfacePlan.TRUTH).mean(), 3),
              interval(cell.value(SurfacePlan.TEST), 3),
              number(cell.value(SurfacePlan.GAP).median(), 3),
              number(cell.value(SurfacePlan.DISTANCE).median(), 3),
              number(cell.value(SurfacePlan.MOVED).median(), 3),
              number(cell.value(SurfacePlan.Z).median(), 4),
              number(cell.value(SurfacePlan.SECONDS).median(), 0)));
    }
    return report.head("Charts on the sphere")
        + INTRODUCTION.formatted(number(SurfacePlan.MOVE, 1))
        + table
        + targets;
  }
}
