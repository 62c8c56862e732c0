package io.chartflow.model.marginal;

import io.chartflow.model.linalg.Doubles;
import io.chartflow.model.random.SplitMix;
import java.util.Arrays;

/**
 * A sample of the first events, each of them with the same chance. At most 4,096 events, and at
 * most 4 MiB but 128 events. An event with a value beyond ±1e100, or that is no number, is passed
 * over.
 *
 * <p>Source: Vitter, Random sampling with a reservoir, 1985, algorithm R.
 */
public final class FirstEvents {

  private static final int MOST = 4096;
  private static final int LEAST = 128;
  private static final int MEMORY = 4 << 20;
  private static final double LARGEST = 1e100;

  private final int dimension;
  private final int capacity;
  private final SplitMix random;
  private double[] rows;
  private long count;

  /** Nothing seen yet; the seed says which events are kept. */
  public FirstEvents(int dimension, long seed) {
    this.dimension = dimension;
    this.capacity = capacity(dimension);
    this.random = new SplitMix(seed);
    this.rows = new double[0];
  }

  /** As it was. */
  public FirstEvents(FirstEventsState state) {
    this.dimension = state.dimension();
    this.capacity = capacity(dimension);
    this.random = new SplitMix(state.random());
    this.rows = state.rows().toArray();
    this.count = state.count();
  }

  /** The most events that are kept of this many features. */
  static int capacity(int dimension) {
    return Math.max(LEAST, Math.min(MOST, MEMORY / Double.BYTES / dimension));
  }

  /** Events seen, those that were passed over not counted. */
  public long count() {
    return count;
  }

  /** Events kept. */
  public int size() {
    return (int) Math.min(count, capacity);
  }

  /** Number of features. */
  public int dimension() {
    return dimension;
  }

  /** Sees {@code events} events, row-major. */
  public void update(double[] values, int events) {
    for (int i = 0; i < events; i++) {
      if (isMeasurable(values, i * dimension)) {
        count++;
        int row = place();
        if (row < capacity) {
          ensureRoom((row + 1) * dimension);
          System.arraycopy(values, i * dimension, rows, row * dimension, dimension);
        }
      }
    }
  }

  /** Where the event that was counted last goes; nowhere from {@code capacity} on. */
  private int place() {
    if (count <= capacity) {
      return (int) count - 1;
    }
    return (int) Math.min(capacity, Math.floor(random.nextDouble() * count));
  }

  private void ensureRoom(int size) {
    if (rows.length < size) {
      rows = Arrays.copyOf(rows, Math.min(capacity * dimension, Math.max(size, 2 * rows.length)));
    }
  }

  private boolean isMeasurable(double[] values, int from) {
    for (int j = 0; j < dimension; j++) {
      if (!(Math.abs(values[from + j]) <= LARGEST)) {
        return false;
      }
    }
    return true;
  }

  /** The kept values of feature {@code j}, in rising order. */
  double[] sorted(int j) {
    double[] values = new double[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = rows[i * dimension + j] + 0.0; // there is no negative zero
    }
    Arrays.sort(values);
    return values;
  }

  /** A copy of everything. */
  public FirstEventsState state() {
    Doubles kept = Doubles.copyOf(Arrays.copyOf(rows, size() * dimension));
    return new FirstEventsState(dimension, count, random.state(), kept);
  }
}
