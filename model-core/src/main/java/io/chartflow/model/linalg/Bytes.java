package io.chartflow.model.linalg;

import java.util.Arrays;

/** An immutable sequence of bytes. */
public final class Bytes {

  /** No bytes. */
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] values;

  private Bytes(byte[] values) {
    this.values = values;
  }

  /** A copy of the array. */
  public static Bytes copyOf(byte[] values) {
    return new Bytes(values.clone());
  }

  /** Number of bytes. */
  public int size() {
    return values.length;
  }

  /** A fresh array with the bytes. */
  public byte[] toArray() {
    return values.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Bytes[" + values.length + "]";
  }
}
