package io.chartflow.bench.report;

import io.chartflow.bench.experiment.Json;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What an experiment found; its Markdown is made from this and nothing else.
 *
 * @param command that makes it again
 * @param machine it was made on
 * @param cells what was found
 */
public record Report(String command, Machine machine, List<Cell> cells) {

  /** Copies the cells. */
  public Report {
    cells = List.copyOf(cells);
  }

  /** As JSON. */
  public String json() {
    return Json.write(this);
  }

  /** The report of a JSON text. */
  public static Report read(String json, String where) {
    return Json.read(json, Report.class, where);
  }

  /** How a Markdown document begins: title, command and machine. */
  public String head(String title) {
    return "# " + title + "\n\n```sh\n" + command + "\n```\n\n" + machine.sentence() + "\n\n";
  }

  /** The different values of a label, in their order. */
  public List<String> labelValues(String name) {
    return cells.stream()
        .map(cell -> cell.label(name))
        .distinct()
        .collect(Collectors.toUnmodifiableList());
  }
}
