package io.chartflow.bench.engine;

import static io.chartflow.bench.report.MarkdownTable.number;

import io.chartflow.bench.report.Cell;
import io.chartflow.bench.report.MarkdownTable;
import io.chartflow.bench.report.Report;
import io.chartflow.bench.report.Targets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a race found, as Markdown. */
public final class EngineReport {

  private static final String OURS = Contender.OURS;
  private static final List<String> PRODUCTS = List.of("x_w", "dy_wt", "xt_dy");

  private static final String INTRODUCTION =
      """
      Rows a second, medians of alternating rounds; every contender is a process of its own, begins \
      with the same learned model, makes the same steps, and its log-densities agree with ours. \
      `train` scores each batch with the averaged weights and then learns from it. In brackets how \
      many times faster ours is. All have pages of 2 MB where Linux lends them: ours by the launcher's \
      options, peers by `GLIBC_TUNABLES=glibc.malloc.hugetlb=1`.

      """;

  private final Report report;

  /** A document about this report. */
  public EngineReport(Report report) {
    this.report = report;
  }

  /** The document, made from the report alone. */
  public String markdown() {
    return "# The engine\n\n```sh\n"
        + report.command()
        + "\n```\n\n"
        + report.machine().sentence()
        + " "
        + INTRODUCTION
        + peers()
        + growth()
        + kernels()
        + detectors()
        + targets();
  }

  private String peers() {
    List<String> others =
        report.cells().stream()
            .filter(cell -> cell.label(Race.LEG).equals(Programme.PEERS))
            .map(cell -> cell.label(Race.CONTENDER))
            .filter(name -> !name.equals(OURS))
            .distinct()
            .toList();
    List<String> headings =
        new ArrayList<>(List.of("D × width × K", "work", "batch", "threads", OURS));
    headings.addAll(others);
    headings.addAll(List.of("bytes a step", "charts an event"));
    MarkdownTable table = new MarkdownTable(headings.toArray(String[]::new));
    for (Cell cell : ours(Programme.PEERS)) {
      double rows = rows(cell);
      List<String> row =
          new ArrayList<>(
              List.of(
                  cell.label(Race.SHAPE),
                  cell.label(Race.WORK),
                  cell.label(Race.BATCH),
                  cell.label(Race.THREADS),
                  number(rows, 0)));
      for (String other : others) {
        double theirs = find(cell.labels(), Map.of(Race.CONTENDER, other));
        row.add(number(theirs, 0) + " (" + number(rows / theirs, 2) + ")");
      }
      row.add(number(cell.value(Pace.BYTES).median(), 0));
      row.add(number(cell.value(Pace.CHARTS).median(), 2));
      table.row(row);
    }
    return table.toString();
  }

  private String growth() {
    MarkdownTable table =
        new MarkdownTable("D × width × K (× L)", "work", "rows a second", "of 3x64x64");
    for (Cell cell : ours(Programme.GROWTH)) {
      double small = find(cell.labels(), Map.of(Race.SHAPE, "3x64x64"));
      table.row(
          List.of(
              cell.label(Race.SHAPE),
              cell.label(Race.WORK),
              number(rows(cell), 0),
              number(rows(cell) / small, 2)));
    }
    return "\n## Growth\n\nOne thread, batches of 1,024.\n\n" + table;
  }

  private String kernels() {
    MarkdownTable table =
        new MarkdownTable(
            "m × k × n", "X·W", "dY·Wᵀ", "Xᵀ·dY", "of OpenBLAS: X·W", "dY·Wᵀ", "Xᵀ·dY");
    for (Cell cell : ours(EngineRace.KERNELS)) {
      List<String> row = new ArrayList<>(List.of(cell.label(Race.WORK)));
      PRODUCTS.forEach(product -> row.add(number(cell.value(product).median(), 0)));
      PRODUCTS.forEach(product -> row.add(number(ofOpenBlas(cell, product), 2)));
      table.row(row);
    }
    return "\n## Matrix products\n\nGFLOP/s on one thread.\n\n" + table;
  }

  private double ofOpenBlas(Cell ours, String product) {
    Optional<Cell> theirs = cell(ours.labels(), Map.of(Race.CONTENDER, "OpenBLAS"));
    return theirs
        .map(cell -> ours.value(product).median() / cell.value(product).median())
        .orElse(Double.NaN);
  }

  private String detectors() {
    MarkdownTable table = new MarkdownTable("detector", "events a second");
    List<Cell> cells =
        report.cells().stream()
            .filter(cell -> cell.label(Race.LEG).equals(EngineRace.DETECTORS))
            .toList();
    cells.forEach(cell -> table.row(List.of(cell.label(Race.CONTENDER), number(rows(cell), 0))));
    return cells.isEmpty()
        ? ""
        : "\n## Detectors\n\nScore, then update, one event at a time, D = 3, one thread.\n\n"
            + table;
  }

  private List<Cell> ours(String leg) {
    return report.cells().stream()
        .filter(cell -> cell.label(Race.LEG).equals(leg))
        .filter(cell -> cell.label(Race.CONTENDER).equals(OURS))
        .toList();
  }

  private Targets targets() {
    Targets targets = new Targets("rounds");
    for (String batch : List.of("256", "1024")) {
      beside(targets, "train", "3x64x64", batch, Contender.EAGER, 2.0);
      beside(targets, "score", "3x64x64", batch, Contender.EAGER, 3.0);
      beside(targets, "train", "64x256x64", batch, Contender.EAGER, 1.1);
      beside(targets, "score", "64x256x64", batch, Contender.EAGER, 1.3);
      beside(targets, "train", "784x512x64", batch, Contender.EAGER, 1.1);
    }
    for (String threads : report.labelValues(Race.THREADS)) {
      least(targets, threads);
    }
    for (Cell cell : ours(EngineRace.KERNELS)) {
      boolean narrow = cell.label(Race.WORK).endsWith("x64");
      double least =
          PRODUCTS.stream().mapToDouble(product -> ofOpenBlas(cell, product)).min().orElseThrow();
      String what = "products " + cell.label(Race.WORK) + ", least of OpenBLAS";
      atLeast(targets, what, narrow ? 1.0 : 0.8, least);
    }
    for (Work work : Work.values()) {
      Map<String, String> at = at(Programme.GROWTH, work.text(), "3x64x1024", "1024", "1");
      double share = find(at, Map.of()) / find(at, Map.of(Race.SHAPE, "3x64x32"));
      atLeast(targets, work.text() + ", K = 1,024 of K = 32", 0.6, share);
      for (String batch : List.of("1024", "4096")) {
        Map<String, String> two = at(Programme.PEERS, work.text(), "3x64x64", batch, "2");
        double gain = find(two, Map.of()) / find(two, Map.of(Race.THREADS, "1"));
        atLeast(targets, work.text() + ", two workers of one, batch " + batch, 1.7, gain);
      }
    }
    return targets;
  }

  private void beside(
      Targets targets, String work, String shape, String batch, String peer, double limit) {
    for (String threads : report.labelValues(Race.THREADS)) {
      Map<String, String> ours = at(Programme.PEERS, work, shape, batch, threads);
      double ratio = find(ours, Map.of()) / find(ours, Map.of(Race.CONTENDER, peer));
      String what = "%s, %s, batch %s, threads %s, of %s";
      atLeast(targets, what.formatted(work, shape, batch, threads, peer), limit, ratio);
    }
  }

  /** The least lead over compiled PyTorch, wherever both ran. */
  private void least(Targets targets, String threads) {
    for (Work work : Work.values()) {
      double least =
          ours(Programme.PEERS).stream()
              .filter(cell -> cell.label(Race.WORK).equals(work.text()))
              .filter(cell -> cell.label(Race.THREADS).equals(threads))
              .mapToDouble(
                  cell ->
                      rows(cell) / find(cell.labels(), Map.of(Race.CONTENDER, Contender.COMPILED)))
              .filter(Double::isFinite)
              .min()
              .orElse(Double.NaN);
      String what = work.text() + ", threads " + threads + ", least of torch compiled";
      atLeast(targets, what, 1.0, least);
    }
  }

  /** What was not measured is no target. */
  private static void atLeast(Targets targets, String what, double limit, double reached) {
    if (Double.isFinite(reached)) {
      targets.atLeast(what, limit, reached, 2);
    }
  }

  private static Map<String, String> at(
      String leg, String work, String shape, String batch, String threads) {
    return Map.of(
        Race.LEG,
        leg,
        Race.WORK,
        work,
        Race.SHAPE,
        shape,
        Race.BATCH,
        batch,
        Race.THREADS,
        threads,
        Race.CONTENDER,
        OURS);
  }

  /** Rows a second of the cell with these labels, some of them replaced; NaN if there is none. */
  private double find(Map<String, String> labels, Map<String, String> but) {
    return cell(labels, but).map(EngineReport::rows).orElse(Double.NaN);
  }

  private Optional<Cell> cell(Map<String, String> labels, Map<String, String> but) {
    Map<String, String> wanted = new HashMap<>(labels);
    wanted.putAll(but);
    return report.cells().stream()
        .filter(
            cell ->
                wanted.entrySet().stream()
                    .allMatch(e -> cell.label(e.getKey()).equals(e.getValue())))
        .findFirst();
  }

  private static double rows(Cell cell) {
    return cell.value(Pace.ROWS).median();
  }
}
