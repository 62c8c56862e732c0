package io.chartflow.bench.report;

import io.chartflow.bench.stats.Summary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** A table in Markdown. Numbers have a real minus; what is not a number is a dash. */
public final class MarkdownTable {

  private final StringBuilder text = new StringBuilder();
  private final int columns;

  /** A table with these columns. */
  public MarkdownTable(String... headings) {
    this.columns = headings.length;
    line(List.of(headings));
    line(Collections.nCopies(columns, "---"));
  }

  /** Adds a row. */
  public MarkdownTable row(List<String> cells) {
    if (cells.size() != columns) {
      throw new IllegalArgumentException("expected " + columns + " cells, got " + cells);
    }
    line(new ArrayList<>(cells));
    return this;
  }

  private void line(List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  /** A number with so many decimals. */
  public static String number(double value, int decimals) {
    if (!Double.isFinite(value)) {
      return "–";
    }
    String plain = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return plain.startsWith("-") ? "−" + plain.substring(1) : plain;
  }

  /** The same with its sign always. */
  public static String gain(double value, int decimals) {
    String plain = number(value, decimals);
    return Double.isFinite(value) && !plain.startsWith("−") ? "+" + plain : plain;
  }

  /** {@code mean ± half width} of the 95 % interval. */
  public static String interval(Summary summary, int decimals) {
    String mean = number(summary.mean(), decimals);
    return Double.isFinite(summary.halfWidth())
        ? mean + " ± " + number(summary.halfWidth(), decimals)
        : mean;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
