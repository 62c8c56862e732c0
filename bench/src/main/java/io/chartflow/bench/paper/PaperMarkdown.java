package io.chartflow.bench.paper;

import static io.chartflow.bench.paper.ChartChoice.CHOSEN;
import static io.chartflow.bench.report.MarkdownTable.gain;
import static io.chartflow.bench.report.MarkdownTable.interval;
import static io.chartflow.bench.report.MarkdownTable.number;

import io.chartflow.bench.report.Cell;
import io.chartflow.bench.report.MarkdownTable;
import io.chartflow.bench.report.Report;
import io.chartflow.bench.report.Targets;
import io.chartflow.bench.stats.Summary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The tables of the paper's experiment. */
public final class PaperMarkdown {

  private final Report report;

  private final Collection<String> pictures;

  private PaperMarkdown(Report report, Collection<String> pictures) {
    this.report = report;
    this.pictures = pictures;
  }

  /**
   * The document of a report.
   *
   * @param pictures names of the pictures beside it, without the ending
   */
  public static String of(Report report, Collection<String> pictures) {
    return new PaperMarkdown(report, pictures).document();
  }

  private String document() {
    StringBuilder text = new StringBuilder(report.head("The paper's experiments"));
    for (String way : report.labelValues(PaperPlan.WAY)) {
      text.append(way.equals("stream") ? STREAM : PAPER);
      text.append("### Log-likelihood of the test events, nats\n\n").append(likelihood(way));
      text.append(onSurfaces(way));
      text.append(numbersOfCharts(way));
      text.append("\n### Samples\n\n").append(SCORES).append(samples(way)).append("\n");
      text.append(targets(way));
      pictures.stream()
          .filter(name -> name.startsWith("paper-" + way + "-"))
          .forEach(name -> text.append("![" + name + "](" + name + ".png)\n\n"));
    }
    return text.toString();
  }

  private static final String STREAM =
      """
      ## Ours: one pass

      Each event is fresh and learned from once, at the default settings; the test is on 10,000 more.
      Mean ± 95 % interval over seeds; `gap` is the truth on the same test events minus the model,
      its median over seeds; what charts add is a difference of medians. `base` is one global flow of the same layers and training.

      """;

  private static final String PAPER =
      """
      ## The paper's way: epochs over 5,000 points

      5,000 points to learn from, 2,500 to stop by, 2,500 to test on, all fresh draws; Adam, at most
      the paper's 100 epochs, over after 10 without improvement, tested at the best epoch. Base and
      charts have the same settings. Where several numbers of charts were tried, the one that validates
      best is told of, chosen for each seed by itself, and its seconds are those of all of them. Mean
      ± 95 % interval over seeds; `gap` and what charts add are of medians.

      """;

  private static final String SURFACES =
      """

      ### Surfaces in space

      CEF scores an event at its projection, and so does not say how far it is from the surface: one
      that folds many events onto little of itself is told to be denser than the truth. With normal
      noise about the surface, of the training events' mean squared distance, it is a density of the
      space, which the truth is the most of.

      """;

  private static final String NUMBERS =
      """

      ### How many charts

      What so many charts add, a difference of medians in nats, surfaces in space; then what is added
      by the number that validates best, and which that was over the seeds.

      """;

  private static final String SCORES =
      """
      Mean log-density of 5,000 generated events under a Gaussian kernel density estimate of 5,000
      training points, its bandwidth by leave-one-out cross-validation; `real` is the score of fresh
      real events.

      """;

  private String likelihood(String way) {
    MarkdownTable table =
        new MarkdownTable(
            "set",
            "flow",
            "truth",
            "base",
            "charts",
            "gap, base",
            "gap, charts",
            "charts add",
            "paper says",
            "`Σ p_k Z_k`",
            "charts used",
            "CPU s, base",
            "CPU s, charts");
    for (Cell charts : atlases(way)) {
      Optional<Cell> base = baseOf(charts);
      Summary with = charts.value(Measurements.TEST);
      Summary without = base(base, Measurements.TEST);
      table.row(
          List.of(
              set(charts).title(),
              model(charts).title(),
              number(charts.value(Measurements.TRUTH).mean(), 3),
              interval(without, 3),
              interval(with, 3),
              number(base(base, Measurements.GAP).median(), 3),
              number(charts.value(Measurements.GAP).median(), 3),
              gain(with.median() - without.median(), 2),
              claim(PaperClaims.likelihoodGain(model(charts), set(charts))),
              number(charts.value(Measurements.Z).median(), 4),
              number(charts.value(Measurements.USED).median(), 0) + " of " + count(charts),
              number(base(base, Measurements.SECONDS).median(), 0),
              number(charts.value(Measurements.SECONDS).median(), 0)));
    }
    return table.toString();
  }

  private String onSurfaces(String way) {
    MarkdownTable table =
        new MarkdownTable(
            "set",
            "flow",
            "truth",
            "base",
            "charts",
            "gap, charts",
            "charts add",
            "distance, base",
            "distance, charts");
    List<Cell> surfaces =
        atlases(way).stream().filter(cell -> !model(cell).isOfFullDimension()).toList();
    for (Cell charts : surfaces) {
      Optional<Cell> base = baseOf(charts);
      Summary with = charts.value(Measurements.SPACE);
      Summary without = base(base, Measurements.SPACE);
      table.row(
          List.of(
              set(charts).title(),
              model(charts).title(),
              number(charts.value(Measurements.SPACE_TRUTH).mean(), 3),
              interval(without, 3),
              interval(with, 3),
              number(charts.value(Measurements.SPACE_GAP).median(), 3),
              gain(with.median() - without.median(), 2),
              number(base(base, Measurements.DISTANCE).median(), 3),
              number(charts.value(Measurements.DISTANCE).median(), 3)));
    }
    return surfaces.isEmpty() ? "" : SURFACES + table;
  }

  private String samples(String way) {
    MarkdownTable table =
        new MarkdownTable("set", "flow", "real", "base", "charts", "charts add", "paper says");
    for (Cell charts : atlases(way)) {
      Summary with = charts.value(Measurements.SAMPLES);
      Summary without = base(baseOf(charts), Measurements.SAMPLES);
      table.row(
          List.of(
              set(charts).title(),
              model(charts).title(),
              number(charts.value(Measurements.REAL).mean(), 2),
              interval(without, 2),
              interval(with, 2),
              gain(with.median() - without.median(), 2),
              claim(PaperClaims.sampleGain(model(charts), set(charts)))));
    }
    return table.toString();
  }

  private Targets targets(String way) {
    return way.equals("stream")
        ? PaperTargets.stream(atlases(way))
        : PaperTargets.paper(atlases(way), this::baseOf);
  }

  private String numbersOfCharts(String way) {
    List<Cell> choices = atlases(way).stream().filter(PaperMarkdown::isChosen).toList();
    if (choices.isEmpty()) {
      return "";
    }
    List<String> counts =
        allAtlases(way).stream().map(cell -> cell.label(PaperPlan.CHARTS)).distinct().toList();
    List<String> headings = new ArrayList<>(List.of("set", "flow"));
    counts.forEach(count -> headings.add(count.equals(CHOSEN) ? count : "K = " + count));
    headings.add("chosen K");
    MarkdownTable table = new MarkdownTable(headings.toArray(String[]::new));
    for (Cell chosen : choices) {
      List<String> row = new ArrayList<>(List.of(set(chosen).title(), model(chosen).title()));
      for (String count : counts) {
        Optional<Cell> cell = beside(chosen, count);
        row.add(gain(cell.map(this::adds).orElse(Double.NaN), 2));
      }
      row.add(count(chosen));
      table.row(row);
    }
    return NUMBERS + table;
  }

  /** In space, where charts are surfaces. */
  private double adds(Cell charts) {
    String figure = model(charts).isOfFullDimension() ? Measurements.TEST : Measurements.SPACE;
    return charts.value(figure).median() - base(baseOf(charts), figure).median();
  }

  /** How many charts: one number, or those of the seeds. */
  private static String count(Cell charts) {
    Summary chosen = charts.value(Measurements.COUNT);
    if (chosen.runs() == 0) {
      return charts.label(PaperPlan.CHARTS);
    }
    String lowest = number(chosen.lowest(), 0);
    String highest = number(chosen.highest(), 0);
    return lowest.equals(highest) ? lowest : lowest + " to " + highest;
  }

  /** The atlases of which the tables tell: what was chosen, where there was a choice. */
  private List<Cell> atlases(String way) {
    return allAtlases(way).stream()
        .filter(cell -> isChosen(cell) || beside(cell, CHOSEN).isEmpty())
        .toList();
  }

  private static boolean isChosen(Cell cell) {
    return cell.label(PaperPlan.CHARTS).equals(CHOSEN);
  }

  private List<Cell> allAtlases(String way) {
    return report.cells().stream()
        .filter(cell -> cell.label(PaperPlan.WAY).equals(way))
        .filter(cell -> !cell.label(PaperPlan.CHARTS).equals("1"))
        .toList();
  }

  private Optional<Cell> baseOf(Cell charts) {
    return beside(charts, "1");
  }

  /** The cell that differs from this one in the number of charts alone. */
  private Optional<Cell> beside(Cell charts, String count) {
    return report.cells().stream()
        .filter(cell -> cell.label(PaperPlan.CHARTS).equals(count))
        .filter(
            cell ->
                List.of(PaperPlan.WAY, PaperPlan.SET, PaperPlan.MODEL, PaperPlan.SIZE).stream()
                    .allMatch(name -> cell.label(name).equals(charts.label(name))))
        .findFirst();
  }

  private static Summary base(Optional<Cell> base, String name) {
    return base.map(cell -> cell.value(name)).orElse(Summary.NONE);
  }

  private static String claim(OptionalDouble value) {
    return gain(value.orElse(Double.NaN), 2);
  }

  private static PaperSet set(Cell cell) {
    return PaperSet.named(cell.label(PaperPlan.SET));
  }

  private static FlowModel model(Cell cell) {
    return FlowModel.named(cell.label(PaperPlan.MODEL));
  }
}
