package io.chartflow.model.engine;

/**
 * Rows of events in the units of the input, refilled in place: {@code values[row·dimension + j]} is
 * feature {@code j} of event {@code row}. Doubles, since an input may be large against its spread.
 * NaN is a gap: a feature that the event lacks.
 */
public final class EventBatch {

  private final int dimension;
  private final double[] values;
  private int size;

  /** An empty batch with room for {@code capacity} events of {@code dimension} features. */
  public EventBatch(int capacity, int dimension) {
    this.dimension = dimension;
    this.values = new double[Math.multiplyExact(capacity, dimension)];
  }

  /** A full batch over a copy of {@code rows}, row-major. */
  public static EventBatch of(int dimension, double... rows) {
    if (rows.length % dimension != 0) {
      throw new IllegalArgumentException(
          "expected a multiple of dimension=" + dimension + " values, got " + rows.length);
    }
    EventBatch batch = new EventBatch(rows.length / dimension, dimension);
    System.arraycopy(rows, 0, batch.values, 0, rows.length);
    batch.size = rows.length / dimension;
    return batch;
  }

  /** Appends the {@code dimension} values that begin at {@code offset}. */
  public void add(double[] source, int offset) {
    System.arraycopy(source, offset, values, size * dimension, dimension);
    size++;
  }

  /** Whether row {@code row} lacks a feature. */
  public boolean hasGap(int row) {
    for (int j = 0; j < dimension; j++) {
      if (Double.isNaN(values[row * dimension + j])) {
        return true;
      }
    }
    return false;
  }

  /** Whether any row lacks a feature. */
  public boolean hasGaps() {
    for (int i = 0; i < size; i++) {
      if (hasGap(i)) {
        return true;
      }
    }
    return false;
  }

  /** Forgets all rows. */
  public void clear() {
    size = 0;
  }

  /** Number of rows held. */
  public int size() {
    return size;
  }

  /** Number of rows that fit. */
  public int capacity() {
    return values.length / dimension;
  }

  /** Number of features. */
  public int dimension() {
    return dimension;
  }

  /** Whether no further row fits. */
  public boolean isFull() {
    return size == capacity();
  }

  /** Feature {@code j} of row {@code row}. */
  public double get(int row, int j) {
    return values[row * dimension + j];
  }

  /** The rows themselves, not a copy; only the first {@code size·dimension} values count. */
  public double[] values() {
    return values;
  }
}
