package io.chartflow.bench.paper;

import static io.chartflow.bench.report.MarkdownTable.number;

import io.chartflow.bench.report.Cell;
import io.chartflow.bench.report.Targets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** What the paper's experiment has to reach, from the cells of one way. */
final class PaperTargets {

  private static final double REALNVP_GAP = 0.03;
  private static final double SPLINE_GAP = 0.02;

  private PaperTargets() {}

  /** Ours: the gap to the truth on every set. */
  static Targets stream(List<Cell> atlases) {
    Targets targets = new Targets();
    for (Cell cell : atlases) {
      FlowModel model = FlowModel.named(cell.label(PaperPlan.MODEL));
      if (model == FlowModel.REALNVP || model == FlowModel.SPLINE) {
        targets.atMost(
            "gap to the truth, " + name(cell),
            model == FlowModel.REALNVP ? REALNVP_GAP : SPLINE_GAP,
            cell.value(Measurements.GAP).median(),
            3);
      }
    }
    return targets;
  }

  /** The paper's way: charts above their base everywhere, by what the paper says at least. */
  static Targets paper(List<Cell> atlases, Function<Cell, Optional<Cell>> baseOf) {
    Targets targets = new Targets();
    for (Cell cell : atlases) {
      FlowModel model = FlowModel.named(cell.label(PaperPlan.MODEL));
      PaperSet set = PaperSet.named(cell.label(PaperPlan.SET));
      Optional<Cell> base = baseOf.apply(cell);
      if (base.isPresent()) {
        row(targets, cell, base.get(), Measurements.TEST, PaperClaims.likelihoodGain(model, set));
        if (!model.isOfFullDimension()) {
          double gain =
              cell.value(Measurements.SPACE).median()
                  - base.get().value(Measurements.SPACE).median();
          targets.atLeast("charts add, nats, in space, " + name(cell), 0, gain, 2);
        }
        row(targets, cell, base.get(), Measurements.SAMPLES, PaperClaims.sampleGain(model, set));
      }
    }
    return targets;
  }

  private static void row(
      Targets targets, Cell charts, Cell base, String figure, OptionalDouble claim) {
    if (claim.isEmpty()) {
      return;
    }
    boolean likelihood = figure.equals(Measurements.TEST);
    boolean surface = !FlowModel.named(charts.label(PaperPlan.MODEL)).isOfFullDimension();
    double least = likelihood && !surface ? claim.getAsDouble() : 0;
    double gain = charts.value(figure).median() - base.value(figure).median();
    String nats = surface ? "charts add, nats, on the surface, " : "charts add, nats, ";
    String what = likelihood ? nats : "charts add to the samples' score, ";
    String most = likelihood ? most(base, least) : "";
    targets.atLeast(what + name(charts) + most, least, gain, 2);
  }

  /** Where the base lacks less of the truth than is asked, no model could add as much. */
  private static String most(Cell base, double asked) {
    double lacks = base.value(Measurements.GAP).median();
    return lacks < asked ? " (all that the base lacks: " + number(lacks, 2) + ")" : "";
  }

  private static String name(Cell cell) {
    return PaperSet.named(cell.label(PaperPlan.SET)).title()
        + ", "
        + FlowModel.named(cell.label(PaperPlan.MODEL)).title();
  }
}
