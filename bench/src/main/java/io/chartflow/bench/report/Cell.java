package io.chartflow.bench.report;

import io.chartflow.bench.experiment.Label;
import io.chartflow.bench.experiment.RunRecord;
import io.chartflow.bench.stats.Summary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs that differ in nothing but the seed.
 *
 * @param labels all but the seed
 * @param values every number that all of them found, summed up
 */
public record Cell(Map<String, String> labels, Map<String, Summary> values) {

  /** The cells of these records, in their order. */
  public static List<Cell> of(List<RunRecord> records) {
    Map<Map<String, String>, List<RunRecord>> groups = new LinkedHashMap<>();
    for (RunRecord record : records) {
      Map<String, String> labels = new LinkedHashMap<>(record.labels());
      labels.remove(Label.SEED);
      groups.computeIfAbsent(labels, key -> new ArrayList<>()).add(record);
    }
    List<Cell> cells = new ArrayList<>();
    groups.forEach((labels, runs) -> cells.add(new Cell(labels, summaries(runs))));
    return cells;
  }

  private static Map<String, Summary> summaries(List<RunRecord> runs) {
    Map<String, Summary> summaries = new LinkedHashMap<>();
    for (String name : runs.get(0).values().keySet()) {
      summaries.put(name, Summary.of(runs.stream().map(run -> run.value(name)).toList()));
    }
    return summaries;
  }

  /** The value of a label, empty if there is none of that name. */
  public String label(String name) {
    return labels.getOrDefault(name, "");
  }

  /** What was found under that name; not a number where nothing was. */
  public Summary value(String name) {
    return values.getOrDefault(name, Summary.NONE);
  }
}
