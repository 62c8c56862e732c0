package io.chartflow.bench.flights;

import static io.chartflow.bench.report.MarkdownTable.gain;
import static io.chartflow.bench.report.MarkdownTable.interval;
import static io.chartflow.bench.report.MarkdownTable.number;

import io.chartflow.bench.report.Cell;
import io.chartflow.bench.report.MarkdownTable;
import io.chartflow.bench.report.Report;
import io.chartflow.bench.report.Targets;
import io.chartflow.bench.stats.Summary;
import java.util.List;

/** The table of the experiment on flights. */
public final class FlightsReport {

  private static final String INTRODUCTION =
      """
      Hour of departure, delay and distance of real flights, dequantised. Rows for learning in their
      order, %s of them; mean log-density of %s held-out rows in nats and units of the input, mean ±
      95 %% interval over seeds. All flows have the same training; `above` is the median less that of
      the global RealNVP after as many passes.

      """;

  private FlightsReport() {}

  /** The document, made from the report alone. */
  public static String markdown(Report report) {
    MarkdownTable table =
        new MarkdownTable(
            "model", "passes", "nats per event", "median", "above global RealNVP", "CPU s");
    Targets targets = new Targets();
    for (Cell cell : report.cells()) {
      if (cell.label(FlightsPlan.MODEL).equals(Contender.SUGGESTED.text())) {
        targets.atLeast(
            "above global RealNVP, passes: " + cell.label(FlightsPlan.PASSES),
            0.10,
            cell.value(FlightsPlan.TEST).median() - base(report, cell).median(),
            3);
      }
      Summary score = cell.value(FlightsPlan.TEST);
      table.row(
          List.of(
              Contender.named(cell.label(FlightsPlan.MODEL)).title(),
              cell.label(FlightsPlan.PASSES),
              interval(score, 3),
              number(score.median(), 3),
              gain(score.median() - base(report, cell).median(), 3),
              number(cell.value(FlightsPlan.SECONDS).median(), 0)));
    }
    return report.head("Real flights")
        + INTRODUCTION.formatted(
            report.labelValues("rows").get(0), report.labelValues("test").get(0))
        + table
        + targets;
  }

  private static Summary base(Report report, Cell cell) {
    return report.cells().stream()
        .filter(each -> each.label(FlightsPlan.MODEL).equals(Contender.REALNVP.text()))
        .filter(each -> each.label(FlightsPlan.PASSES).equals(cell.label(FlightsPlan.PASSES)))
        .findFirst()
        .map(each -> each.value(FlightsPlan.TEST))
        .orElse(Summary.NONE);
  }
}
