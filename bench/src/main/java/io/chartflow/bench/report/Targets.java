package io.chartflow.bench.report;

import static io.chartflow.bench.report.MarkdownTable.number;

import java.util.List;

/** What an experiment has to reach, what it reached, and whether that is enough. */
public final class Targets {

  private final MarkdownTable table = new MarkdownTable("target", "asked", "reached", "met");
  private final String repeated;
  private boolean some;

  /** Targets of an experiment, whose runs differ in their seeds. */
  public Targets() {
    this("seeds");
  }

  /** Targets of medians over what is named. */
  public Targets(String repeated) {
    this.repeated = repeated;
  }

  /** A figure that may be at most {@code limit}; one that is no number misses it. */
  public Targets atMost(String what, double limit, double reached, int decimals) {
    return row(what, "at most " + number(limit, decimals), reached, decimals, reached <= limit);
  }

  /** A figure that has to be at least {@code limit}; one that is no number misses it. */
  public Targets atLeast(String what, double limit, double reached, int decimals) {
    return row(what, "at least " + number(limit, decimals), reached, decimals, reached >= limit);
  }

  private Targets row(String what, String asked, double reached, int decimals, boolean met) {
    table.row(List.of(what, asked, number(reached, decimals), met ? "yes" : "**no**"));
    some = true;
    return this;
  }

  /** A section of a document, or nothing where there was no figure to judge. */
  @Override
  public String toString() {
    return some ? "\n### Targets\n\nMedians over " + repeated + ".\n\n" + table + "\n" : "";
  }
}
