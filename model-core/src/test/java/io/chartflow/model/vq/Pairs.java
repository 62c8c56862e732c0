package io.chartflow.model.vq;

/** Pair lists by hand. */
final class Pairs {

  private Pairs() {}

  /** Row i is covered by {@code charts[i]}. */
  static PairList of(int[]... charts) {
    PairList pairs = new PairList();
    for (int[] row : charts) {
      for (int at = 0; at < row.length; at++) {
        pairs.add(at, row[at]);
      }
      pairs.endRow(row.length);
    }
    return pairs;
  }

  /** The charts of a row. */
  static int[] row(PairList pairs, int i) {
    return java.util.stream.IntStream.range(pairs.first(i), pairs.first(i + 1))
        .map(pairs::chart)
        .toArray();
  }
}
