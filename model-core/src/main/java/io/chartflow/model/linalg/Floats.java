package io.chartflow.model.linalg;

import java.util.Arrays;

/** An immutable sequence of floats; equal when every bit is equal. */
public final class Floats {

  private final float[] values;

  private Floats(float[] values) {
    this.values = values;
  }

  /** A copy of the array. */
  public static Floats copyOf(float[] values) {
    return new Floats(values.clone());
  }

  /** Number of values. */
  public int size() {
    return values.length;
  }

  /** The value at {@code index}. */
  public float get(int index) {
    return values[index];
  }

  /** A fresh array with the values. */
  public float[] toArray() {
    return values.clone();
  }

  /** Copies all values to {@code target}, from {@code offset} on. */
  public void copyTo(float[] target, int offset) {
    System.arraycopy(values, 0, target, offset, values.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Floats that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return values.length <= 8 ? Arrays.toString(values) : "Floats[" + values.length + "]";
  }
}
