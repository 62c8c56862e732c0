package io.chartflow.model.linalg;

/** Sums of each row's numbers, in doubles. */
public final class RowSums {

  /** Columns that stay in the L1 cache while all rows are summed. */
  private static final int SOME = 64;

  private RowSums() {}

  /**
   * {@code sums[at + i] += scale·Σ_j s_ij} in the order of j. Four rows at once, whose sums do not
   * wait for each other: one after the other they took 7 % of scoring at D = 64.
   *
   * @param byRows whether {@code s_ij} lies {@code i·columns + j} behind the first, else {@code
   *     j·rows + i}
   */
  public static void add(
      double scale,
      float[] s,
      int first,
      int columns,
      int rows,
      boolean byRows,
      double[] sums,
      int at) {
    int row = byRows ? columns : 1;
    int step = byRows ? 1 : rows;
    int some = byRows ? columns : SOME;
    for (int from = 0; from < columns; from += some) {
      int to = Math.min(columns, from + some);
      addSome(scale, s, first, from, to, row, step, rows, sums, at);
    }
  }

  private static void addSome(
      double scale,
      float[] s,
      int first,
      int from,
      int to,
      int row,
      int step,
      int rows,
      double[] sums,
      int at) {
    int i = 0;
    for (; i + 4 <= rows; i += 4) {
      double s0 = sums[at + i];
      double s1 = sums[at + i + 1];
      double s2 = sums[at + i + 2];
      double s3 = sums[at + i + 3];
      for (int j = from; j < to; j++) {
        int m = first + j * step + i * row;
        s0 += scale * s[m];
        s1 += scale * s[m + row];
        s2 += scale * s[m + 2 * row];
        s3 += scale * s[m + 3 * row];
      }
      sums[at + i] = s0;
      sums[at + i + 1] = s1;
      sums[at + i + 2] = s2;
      sums[at + i + 3] = s3;
    }
    for (; i < rows; i++) {
      for (int j = from; j < to; j++) {
        sums[at + i] += scale * s[first + j * step + i * row];
      }
    }
  }
}
