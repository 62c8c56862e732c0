package io.chartflow.model.vq;

import java.util.Arrays;

/** Pairs (event, chart that covers it), by event, the charts of an event ascending. Refilled. */
public final class PairList {

  private int rows;
  private int[] first = new int[1];
  private int[] chart = new int[64];

  /** Empties the list. */
  public void clear() {
    rows = 0;
    first[0] = 0;
  }

  /** Adds a chart to the event that is being written; {@code at} counts its charts so far. */
  void add(int at, int k) {
    int index = first[rows] + at;
    if (index == chart.length) {
      chart = Arrays.copyOf(chart, 2 * index);
    }
    chart[index] = k;
  }

  /** Adds an event that these charts cover. */
  public void addCharts(int... charts) {
    for (int i = 0; i < charts.length; i++) {
      add(i, charts[i]);
    }
    endRow(charts.length);
  }

  /** Ends the event that is being written, with its number of charts. */
  void endRow(int charts) {
    rows++;
    if (rows == first.length) {
      first = Arrays.copyOf(first, 2 * rows);
    }
    first[rows] = first[rows - 1] + charts;
  }

  /** Appends an event with the charts that it has in another list. */
  public void addRow(PairList other, int row) {
    int from = other.first(row);
    int count = other.first(row + 1) - from;
    for (int at = 0; at < count; at++) {
      add(at, other.chart(from + at));
    }
    endRow(count);
  }

  /** Appends all events of another list. */
  public void addAll(PairList other) {
    int from = size();
    if (chart.length < from + other.size()) {
      chart = Arrays.copyOf(chart, 2 * (from + other.size()));
    }
    if (first.length <= rows + other.rows) {
      first = Arrays.copyOf(first, 2 * (rows + other.rows) + 1);
    }
    System.arraycopy(other.chart, 0, chart, from, other.size());
    for (int row = 1; row <= other.rows; row++) {
      first[rows + row] = from + other.first[row];
    }
    rows += other.rows;
  }

  /** Becomes another list, whose chart {@code k} is named {@code names[k]} here. */
  public void rename(PairList other, int[] names) {
    clear();
    for (int row = 0; row < other.rows; row++) {
      int from = other.first(row);
      int count = other.first(row + 1) - from;
      for (int at = 0; at < count; at++) {
        add(at, names[other.chart(from + at)]);
      }
      endRow(count);
    }
  }

  /** Number of events. */
  public int rows() {
    return rows;
  }

  /** Number of pairs. */
  public int size() {
    return first[rows];
  }

  /** Index of the first pair of an event; {@code first(rows())} is {@link #size()}. */
  public int first(int row) {
    return first[row];
  }

  /** Copies the charts of {@code count} pairs from one on. */
  public void copyCharts(int from, int count, int[] to) {
    System.arraycopy(chart, from, to, 0, count);
  }

  /** The chart of a pair. */
  public int chart(int pair) {
    return chart[pair];
  }
}
