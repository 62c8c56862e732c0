package io.chartflow.bench.paper;

import io.chartflow.bench.experiment.RunRecord;
import io.chartflow.bench.report.Cell;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How many charts: of the runs of the paper's way that differ in their number alone, the one whose
 * best epoch has the highest likelihood of the validation points. Each seed chooses by itself, and
 * none sees its test points. The base, which has one chart, is no candidate.
 *
 * <p><em>Differs from the paper in</em>: there it is 32 everywhere.
 */
public final class ChartChoice {

  /** In place of the number of charts: what was chosen, whatever it was. */
  static final String CHOSEN = "chosen";

  private ChartChoice() {}

  /**
   * The cells of these records; where there was a choice, behind those of each number of charts one
   * of what was chosen.
   */
  public static List<Cell> cells(List<RunRecord> records) {
    return Cell.of(Stream.concat(records.stream(), chosen(records).stream()).toList());
  }

  /** The records without the candidates that were not chosen. */
  public static List<RunRecord> winners(List<RunRecord> records) {
    List<RunRecord> winners = new ArrayList<>(records);
    contests(records)
        .forEach(
            candidates -> {
              winners.removeAll(candidates);
              winners.add(winner(candidates));
            });
    return winners;
  }

  /**
   * What was chosen, under a label that says so: the numbers of the winner, how many charts it has,
   * and the seconds of all candidates, since each had to be learned.
   */
  static List<RunRecord> chosen(List<RunRecord> records) {
    return contests(records).stream().map(ChartChoice::chosenOf).toList();
  }

  private static RunRecord chosenOf(List<RunRecord> candidates) {
    RunRecord winner = winner(candidates);
    Map<String, String> labels = new LinkedHashMap<>(winner.labels());
    labels.put(PaperPlan.CHARTS, CHOSEN);
    Map<String, Double> values = new LinkedHashMap<>(winner.values());
    values.put(Measurements.COUNT, Double.valueOf(winner.label(PaperPlan.CHARTS)));
    values.put(
        Measurements.SECONDS,
        candidates.stream().mapToDouble(run -> run.value(Measurements.SECONDS)).sum());
    return new RunRecord(
        winner.experiment(),
        labels,
        winner.configHash(),
        winner.settings(),
        winner.engine(),
        values,
        winner.curves());
  }

  private static RunRecord winner(List<RunRecord> candidates) {
    return candidates.stream()
        .max(Comparator.comparingDouble(ChartChoice::validation))
        .orElseThrow(() -> new IllegalArgumentException("expected candidates, got none"));
  }

  /** Of the best epoch, by which the run stopped too. */
  private static double validation(RunRecord run) {
    return run.curves().getOrDefault(Measurements.CURVE, List.of()).stream()
        .filter(value -> !value.isNaN())
        .mapToDouble(Double::doubleValue)
        .max()
        .orElse(Double.NEGATIVE_INFINITY);
  }

  /** Candidates that differ in the number of charts alone, two of them or more. */
  private static List<List<RunRecord>> contests(List<RunRecord> records) {
    Map<Map<String, String>, List<RunRecord>> groups = new LinkedHashMap<>();
    for (RunRecord run : records) {
      boolean validates = run.label(PaperPlan.WAY).equals(EpochWay.NAME);
      if (validates && !run.label(PaperPlan.CHARTS).equals("1")) {
        Map<String, String> others = new LinkedHashMap<>(run.labels());
        others.remove(PaperPlan.CHARTS);
        groups.computeIfAbsent(others, key -> new ArrayList<>()).add(run);
      }
    }
    return groups.values().stream().filter(candidates -> candidates.size() > 1).toList();
  }
}
