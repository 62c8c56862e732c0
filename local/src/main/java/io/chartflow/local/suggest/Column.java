package io.chartflow.local.suggest;

import java.util.Arrays;

/**
 * The numbers of one field in a sample of records, in their order, and how many records lack it.
 */
public final class Column {

  private final String name;
  private double[] values = new double[256];
  private int count;
  private long missing;

  /** An empty column. */
  public Column(String name) {
    this.name = name;
  }

  /** Name of the field. */
  public String name() {
    return name;
  }

  /** Takes the next record's value; NaN where it has none. */
  public void add(double value) {
    if (!Double.isFinite(value)) {
      missing++;
      return;
    }
    if (count == values.length) {
      values = Arrays.copyOf(values, 2 * count);
    }
    values[count++] = value;
  }

  /** Takes records that lack the field. */
  void addMissing(long records) {
    missing += records;
  }

  /** The numbers. */
  public double[] values() {
    return Arrays.copyOf(values, count);
  }

  /** Share of the records that lack the field. */
  public double missingShare() {
    return count + missing == 0 ? 0 : (double) missing / (count + missing);
  }
}
