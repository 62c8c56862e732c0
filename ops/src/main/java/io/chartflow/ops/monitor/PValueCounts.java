package io.chartflow.ops.monitor;

/** How many p-values there were, and how many of them lay below each level. */
final class PValueCounts {

  long count;
  long below10;
  long below1;
  long below01;

  void add(double pValue) {
    count++;
    below10 += pValue < 0.1 ? 1 : 0;
    below1 += pValue < 0.01 ? 1 : 0;
    below01 += pValue < 0.001 ? 1 : 0;
  }

  void merge(PValueCounts other) {
    count += other.count;
    below10 += other.below10;
    below1 += other.below1;
    below01 += other.below01;
  }
}
