package io.chartflow.bench.paper;

import static io.chartflow.bench.report.MarkdownTable.gain;
import static io.chartflow.bench.report.MarkdownTable.number;

import io.chartflow.bench.report.Cell;
import io.chartflow.bench.report.MarkdownTable;
import io.chartflow.bench.report.Panels;
import io.chartflow.bench.report.Panels.Line;
import io.chartflow.bench.report.Picture;
import io.chartflow.bench.report.Report;
import io.chartflow.bench.stats.Summary;
import java.util.List;
import java.util.Map;

/** Table and picture of the ablation over the number of charts. */
public final class AblationReport {

  /** Read off the paper's figure 5, to about a grid unit: auto-encoder, then k-means. */
  private static final Map<String, List<String>> PAPER =
      Map.of(
          "2", List.of("−2.9", "−3.5"),
          "6", List.of("−3.6", "−4.1"),
          "12", List.of("−3.0", "−3.8"),
          "16", List.of("−2.5", "−3.7"),
          "32", List.of("−2.6", "−3.7"),
          "48", List.of("−2.5", "−3.8"));

  private static final String INTRODUCTION =
      """
      RealNVP on the helix, learned the paper's way for at most 25 epochs, tested at the epoch of the
      best validation; mean ± standard deviation over seeds, nats. `k-means` has the codes in the
      space of the standardised events, in place of the auto-encoder. The paper's figure 5 is on
      another scale of the helix: only the shape of its curves can be compared.

      """;

  private static final String RATES =
      """

      ## The rate of Adam

      The paper does not say its rate, and it decides how far the base comes in 100 epochs. RealNVP on
      the helix, the paper's way, 32 charts, constant rates. The table of `paper.md` has 0.0002: the
      paper's own base is far from converged on this shape.

      """;

  private AblationReport() {}

  /** The document, made from the report alone. */
  public static String markdown(Report report) {
    MarkdownTable table =
        new MarkdownTable(
            "K",
            "test, auto-encoder",
            "test, k-means",
            "samples, auto-encoder",
            "samples, k-means",
            "figure 5, auto-encoder",
            "figure 5, k-means");
    for (String count : counts(report)) {
      List<String> paper = PAPER.getOrDefault(count, List.of("–", "–"));
      table.row(
          List.of(
              count,
              spread(value(report, AblationPlan.AUTO_ENCODER, count, Measurements.TEST)),
              spread(value(report, AblationPlan.K_MEANS, count, Measurements.TEST)),
              spread(value(report, AblationPlan.AUTO_ENCODER, count, Measurements.SAMPLES)),
              spread(value(report, AblationPlan.K_MEANS, count, Measurements.SAMPLES)),
              paper.get(0),
              paper.get(1)));
    }
    return report.head("How many charts, and who places them")
        + INTRODUCTION
        + table
        + "\n![ablation](ablation.png)\n"
        + RATES
        + rates(report);
  }

  private static MarkdownTable rates(Report report) {
    MarkdownTable table = new MarkdownTable("rate", "base", "charts", "charts add");
    List<String> rates =
        report.labelValues(RatePlan.RATE).stream().filter(rate -> !rate.isEmpty()).toList();
    for (String rate : rates) {
      Summary base = rated(report, rate, true);
      Summary charts = rated(report, rate, false);
      table.row(List.of(rate, spread(base), spread(charts), gain(charts.mean() - base.mean(), 2)));
    }
    return table;
  }

  private static Summary rated(Report report, String rate, boolean single) {
    return report.cells().stream()
        .filter(cell -> cell.label(RatePlan.RATE).equals(rate))
        .filter(cell -> cell.label(PaperPlan.CHARTS).equals("1") == single)
        .findFirst()
        .map(cell -> cell.value(Measurements.TEST))
        .orElse(Summary.NONE);
  }

  private static List<String> counts(Report report) {
    return report.cells().stream()
        .filter(cell -> !cell.label(AblationPlan.PARTITION).isEmpty())
        .map(cell -> cell.label(PaperPlan.CHARTS))
        .distinct()
        .toList();
  }

  /** Test log-likelihood and sample score over the number of charts. */
  public static byte[] picture(Report report) {
    return Picture.png(
        List.of(
            Panels.lines(
                "test log-likelihood", "K", "nats", 420, 280, lines(report, Measurements.TEST)),
            Panels.lines(
                "score of samples", "K", "nats", 420, 280, lines(report, Measurements.SAMPLES))),
        2);
  }

  private static List<Line> lines(Report report, String name) {
    List<String> counts = counts(report);
    return report.labelValues(AblationPlan.PARTITION).stream()
        .filter(partition -> !partition.isEmpty())
        .map(
            partition ->
                new Line(
                    partition,
                    counts.stream().map(Double::valueOf).toList(),
                    counts.stream().map(k -> value(report, partition, k, name).mean()).toList(),
                    counts.stream()
                        .map(k -> value(report, partition, k, name).deviation())
                        .map(sd -> Double.isFinite(sd) ? sd : 0)
                        .toList()))
        .toList();
  }

  private static Summary value(Report report, String partition, String count, String name) {
    return report.cells().stream()
        .filter(cell -> cell.label(AblationPlan.PARTITION).equals(partition))
        .filter(cell -> cell.label(PaperPlan.CHARTS).equals(count))
        .findFirst()
        .map((Cell cell) -> cell.value(name))
        .orElse(Summary.NONE);
  }

  private static String spread(Summary summary) {
    return number(summary.mean(), 3) + " ± " + number(summary.deviation(), 3);
  }
}
