package io.chartflow.bench.paper;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.bench.report.Cell;
import io.chartflow.bench.report.Machine;
import io.chartflow.bench.report.Report;
import io.chartflow.bench.stats.Summary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PaperMarkdownTest {

  private static Cell cell(String charts, double test, double gap) {
    return new Cell(
        Map.of("way", "paper", "set", "helix", "model", "maf", "charts", charts, "size", "1"),
        Map.of(
            "test_log_likelihood", Summary.of(List.of(test, test + 0.2)),
            "gap", Summary.of(List.of(gap)),
            "sample_score", Summary.of(List.of(test))));
  }

  /** What is told of the paper is the difference of its table: −0.49 − (−2.90). */
  @Test
  void theTablesAreMadeFromTheJsonAlone() {
    Report report =
        new Report(
            "./chartflow experiment paper",
            new Machine(2, "a JVM", "jvm (plain)"),
            List.of(cell("32", -0.6, 0.5), cell("1", -3.1, 3)));

    String text =
        PaperMarkdown.of(Report.read(report.json(), "paper.json"), List.of("paper-paper-x"));

    assertThat(text)
        .contains("./chartflow experiment paper\n")
        .contains("2 cores, a JVM, engine jvm (plain).")
        .contains("| Helix | MAF | – | −3.000 ± 1.271 | −0.500 ± 1.271 | 3.000 | 0.500 | +2.50 |")
        .contains("| +2.41 |")
        .contains("| charts add, nats, Helix, MAF | at least 2.41 | 2.50 | yes |")
        .contains("| charts add to the samples' score, Helix, MAF | at least 0.00 | 2.50 | yes |")
        .contains("![paper-paper-x](paper-paper-x.png)");
  }

  /** A density on a surface has no gap; with noise about the surface it is one of the space. */
  @Test
  void surfacesAreToldInTheSpaceToo() {
    Report report =
        new Report(
            "./chartflow experiment paper",
            new Machine(2, "a JVM", "jvm (plain)"),
            List.of(surface("32", -0.4, 0.05), surface("1", -5, 0.9)));

    assertThat(PaperMarkdown.of(report, List.of()))
        .contains("### Surfaces in space")
        .contains(
            "| Helix | CEF | −0.100 | −5.000 ± 0.000 | −0.400 ± 0.000 | 0.300 | +4.60 | 0.900 | 0.050 |");
  }

  private static Cell surface(String charts, double space, double distance) {
    return new Cell(
        Map.of("way", "paper", "set", "helix", "model", "cef", "charts", charts, "size", "1"),
        Map.of(
            "test_log_likelihood", Summary.of(List.of(-1.7)),
            "space_log_likelihood", Summary.of(List.of(space, space)),
            "space_true_log_likelihood", Summary.of(List.of(-0.1)),
            "space_gap", Summary.of(List.of(-0.1 - space)),
            "off_surface_distance", Summary.of(List.of(distance))));
  }

  /** Who asks for more than the base lacks is told so. */
  @Test
  void whatCannotBeGainedIsSaid() {
    Report report =
        new Report(
            "./chartflow experiment paper",
            new Machine(2, "a JVM", "jvm (plain)"),
            List.of(cell("32", -0.6, 0.5), cell("1", -1.1, 1)));

    assertThat(PaperMarkdown.of(report, List.of()))
        .contains(
            "| charts add, nats, Helix, MAF (all that the base lacks: 1.00) | at least 2.41 | 0.50"
                + " | **no** |");
  }

  /** Where there was a choice the tables tell of what was chosen, and one of all numbers. */
  @Test
  void theChosenNumberOfChartsIsTold() {
    Cell chosen = cell("chosen", -0.6, 0.5);
    Map<String, Summary> values = new HashMap<>(chosen.values());
    values.put("charts", Summary.of(List.of(8.0, 64.0)));
    values.put("charts_used", Summary.of(List.of(8.0, 64.0)));
    Report report =
        new Report(
            "./chartflow experiment paper",
            new Machine(2, "a JVM", "jvm (plain)"),
            List.of(
                cell("8", -0.9, 0.8),
                cell("64", -0.7, 0.6),
                cell("1", -3.1, 3),
                new Cell(chosen.labels(), values)));

    assertThat(PaperMarkdown.of(report, List.of()))
        .contains("| set | flow | K = 8 | K = 64 | chosen | chosen K |")
        .contains("| Helix | MAF | +2.20 | +2.40 | +2.50 | 8 to 64 |")
        .contains("| 3.000 | 0.500 | +2.50 | +2.41 | – | 36 of 8 to 64 |")
        .doesNotContain("−0.700 ± ");
  }

  @Test
  void whatThePaperHasNotIsADash() {
    assertThat(PaperClaims.likelihoodGain(FlowModel.SPLINE, PaperSet.HELIX)).isEmpty();
    assertThat(PaperClaims.sampleGain(FlowModel.CEF, PaperSet.DISJOINT_CIRCLES)).isEmpty();
  }
}
