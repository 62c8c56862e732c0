package io.chartflow.model.linalg;

import java.util.Arrays;

/** An immutable sequence of doubles; equal when every bit is equal. */
public final class Doubles {

  private final double[] values;

  private Doubles(double[] values) {
    this.values = values;
  }

  /** A copy of the array. */
  public static Doubles copyOf(double[] values) {
    return new Doubles(values.clone());
  }

  /** Number of values. */
  public int size() {
    return values.length;
  }

  /** The value at {@code index}. */
  public double get(int index) {
    return values[index];
  }

  /** A fresh array with the values. */
  public double[] toArray() {
    return values.clone();
  }

  /** Copies all values to {@code target}, from {@code offset} on. */
  public void copyTo(double[] target, int offset) {
    System.arraycopy(values, 0, target, offset, values.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Doubles that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return values.length <= 8 ? Arrays.toString(values) : "Doubles[" + values.length + "]";
  }
}
