package io.chartflow.bench.calibration;

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
import java.util.Objects;
import java.util.stream.IntStream;

/** Table and picture of the experiment on p-values. */
public final class CalibrationReport {

  private static final String INTRODUCTION =
      """
      One pass at the default settings, a version is published, and fresh events are scored with it.
      The Kolmogorov–Smirnov distance of their p-values to uniform, and how many are at most 0.001;
      of %s events that is %s. Medians over seeds, lowest and highest behind.

      """;

  private CalibrationReport() {}

  /** The document, made from the report alone. */
  public static String markdown(Report report) {
    MarkdownTable table =
        new MarkdownTable("set", "distance to uniform", "alarms", "calibrated on, events");
    String fresh = report.labelValues("fresh").get(0);
    double expected = Double.parseDouble(fresh) / 1000;
    Targets targets = new Targets();
    for (Cell cell : report.cells()) {
      String set = cell.label(CalibrationPlan.SET);
      double alarms = cell.value(CalibrationPlan.ALARMS).median();
      targets
          .atMost("distance, " + set, 0.01, cell.value(CalibrationPlan.DISTANCE).median(), 4)
          .atLeast("alarms, " + set, 0.6 * expected, alarms, 0)
          .atMost("alarms, " + set, 1.4 * expected, alarms, 0);
      table.row(
          List.of(
              cell.label(CalibrationPlan.SET),
              range(cell.value(CalibrationPlan.DISTANCE), 4),
              range(cell.value(CalibrationPlan.ALARMS), 0),
              number(cell.value(CalibrationPlan.CALIBRATED).median(), 0)));
    }
    return report.head("Are p-values uniform?")
        + INTRODUCTION.formatted(fresh, number(expected, 0))
        + table
        + targets
        + "\n![p-values of fresh events over their share](calibration.png)\n";
  }

  private static String range(Summary summary, int decimals) {
    return number(summary.median(), decimals)
        + " ("
        + number(summary.lowest(), decimals)
        + " … "
        + number(summary.highest(), decimals)
        + ")";
  }

  /** Sorted p-values less their share, of the first seed: zero is uniform. */
  public static byte[] picture(List<RunRecord> records) {
    List<Line> lines =
        records.stream()
            .filter(record -> record.label(Label.SEED).equals("0"))
            .map(CalibrationReport::line)
            .toList();
    return Picture.png(
        List.of(
            Panels.lines("p-values of fresh events", "share", "p-value − share", 560, 320, lines)),
        1);
  }

  private static Line line(RunRecord record) {
    List<Double> quantiles =
        Objects.requireNonNullElse(record.curves().get(CalibrationPlan.QUANTILES), List.of());
    int last = quantiles.size() - 1;
    List<Double> share = IntStream.rangeClosed(0, last).mapToObj(i -> (double) i / last).toList();
    List<Double> excess =
        IntStream.rangeClosed(0, last).mapToObj(i -> quantiles.get(i) - share.get(i)).toList();
    return new Line(record.label(CalibrationPlan.SET), share, excess);
  }
}
