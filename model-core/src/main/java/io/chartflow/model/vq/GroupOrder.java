package io.chartflow.model.vq;

import io.chartflow.model.linalg.Matrix;

/**
 * Encodings in the order of the groups of codes that they lie among, so that neighbours in it are
 * near to the same codes. Threads may {@link #find} the groups of different rows side by side.
 */
public final class GroupOrder {

  private final CodeIndex codes;
  private final int[] next;
  private int[] group = new int[0];
  private int[] row = new int[0];

  /** Among these codes. */
  public GroupOrder(CodeIndex codes) {
    this.codes = codes;
    this.next = new int[codes.groups() + 1];
  }

  /** Makes room for this many rows. */
  public void reserve(int rows) {
    if (row.length < rows) {
      group = new int[rows];
      row = new int[rows];
    }
  }

  /** Finds the groups of the rows {@code [from, to)}. */
  public void find(Matrix encodings, int from, int to) {
    for (int i = from; i < to; i++) {
      group[i] = codes.groupOf(encodings, i);
    }
  }

  /** Sorts the first rows, whose groups are found; those of a group stay in their order. */
  public void sort(int rows) {
    java.util.Arrays.fill(next, 0);
    for (int i = 0; i < rows; i++) {
      next[group[i] + 1]++;
    }
    for (int g = 1; g < next.length; g++) {
      next[g] += next[g - 1];
    }
    for (int i = 0; i < rows; i++) {
      row[next[group[i]]++] = i;
    }
  }

  /** The row at a place of the order. */
  public int row(int place) {
    return row[place];
  }

  /** Its group. */
  int group(int place) {
    return group[row[place]];
  }
}
