package io.chartflow.ops.monitor;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.kll.KllSketch;
import org.apache.datasketches.quantilescommon.QuantilesDoublesSketchIterator;

/**
 * The finite log-densities of a window: sums, and values that stand for {@code 2^e} others.
 *
 * <p>What is added goes to a KLL sketch (Karnin, Lang, Liberty, FOCS 2016) with k = {@value #K}:
 * the rank of a returned quantile is within 0.35 % of the asked one with 99 % confidence, and exact
 * below k values. What is merged or restored is kept beside it as the values that the sketch held,
 * so it costs no accuracy. The sketch's own bytes are not for keeping: no JDK after 21 writes them.
 */
final class LogDensities {

  private static final int K = 800;

  private final KllDoublesSketch live = KllDoublesSketch.newHeapInstance(K);
  private double[] values = new double[0];
  private byte[] exponents = new byte[0];
  private long kept;
  private double sum;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  LogDensities() {}

  /**
   * As it was.
   *
   * @param values that stand for others, in any order
   * @param exponents value {@code i} stands for {@code 2^exponents[i]}
   */
  LogDensities(double[] values, byte[] exponents, double sum, double min, double max) {
    this.values = values.clone();
    this.exponents = exponents.clone();
    for (byte exponent : exponents) {
      kept += 1L << exponent;
    }
    this.sum = sum;
    this.min = min;
    this.max = max;
  }

  void add(double logDensity) {
    live.update(logDensity);
    sum += logDensity;
    min = Math.min(min, logDensity);
    max = Math.max(max, logDensity);
  }

  void merge(LogDensities other) {
    double[] theirs = other.values();
    int before = values.length;
    values = Arrays.copyOf(values, before + theirs.length);
    System.arraycopy(theirs, 0, values, before, theirs.length);
    exponents = Arrays.copyOf(exponents, values.length);
    System.arraycopy(other.exponents(), 0, exponents, before, theirs.length);
    kept += other.count();
    sum += other.sum;
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
  }

  long count() {
    return kept + live.getN();
  }

  double sum() {
    return sum;
  }

  /** The smallest, exactly; infinite if there is none. */
  double min() {
    return min;
  }

  /** The largest, exactly; infinite if there is none. */
  double max() {
    return max;
  }

  /** Bound of the error of a quantile's rank; 0 while every value stands for itself. */
  double rankError() {
    boolean exact = IntStream.range(0, exponents.length).allMatch(i -> exponents[i] == 0);
    return exact && !live.isEstimationMode() ? 0 : KllSketch.getNormalizedRankError(K, false);
  }

  /** For each rank in (0, 1) the smallest kept value that so large a share is at or below. */
  double[] quantiles(double... ranks) {
    double[] all = values();
    byte[] weights = exponents();
    int[] order =
        IntStream.range(0, all.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> all[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] quantiles = new double[ranks.length];
    long n = count();
    for (int r = 0; r < ranks.length; r++) {
      double least = ranks[r] * n - 1e-9; // 0.1 · 30 is a little more than 3
      long upTo = 0;
      for (int i = 0; i < order.length && (upTo < least || i == 0); i++) {
        upTo += 1L << weights[order[i]];
        quantiles[r] = all[order[i]];
      }
    }
    return quantiles;
  }

  /** Values that stand for others. */
  double[] values() {
    double[] all = Arrays.copyOf(values, values.length + live.getNumRetained());
    QuantilesDoublesSketchIterator items = live.iterator();
    for (int i = values.length; items.next(); i++) {
      all[i] = items.getQuantile();
    }
    return all;
  }

  /** How many others each of {@link #values} stands for, as a power of two. */
  byte[] exponents() {
    byte[] all = Arrays.copyOf(exponents, values.length + live.getNumRetained());
    QuantilesDoublesSketchIterator items = live.iterator();
    for (int i = values.length; items.next(); i++) {
      all[i] = (byte) Long.numberOfTrailingZeros(items.getWeight());
    }
    return all;
  }
}
