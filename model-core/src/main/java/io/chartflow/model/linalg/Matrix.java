package io.chartflow.model.linalg;

/**
 * A row-major view of a float array: element {@code (i, j)} lies at {@code offset + i·stride + j}.
 * A view, not a copy: writing through it writes the array.
 *
 * @param rows number of rows
 * @param cols number of columns
 * @param offset index of element (0, 0)
 * @param stride distance between rows, at least {@code cols}
 */
@SuppressWarnings("ArrayRecordComponent") // not a value: a view, compared by nobody
public record Matrix(float[] data, int offset, int rows, int cols, int stride) {

  /** Up to so many numbers are copied one by one in less time than a call takes. */
  private static final int FEW = 16;

  /** A fresh matrix of zeros. */
  public static Matrix zeros(int rows, int cols) {
    return new Matrix(new float[Math.multiplyExact(rows, cols)], 0, rows, cols, cols);
  }

  /** A view of {@code rows·cols} consecutive floats. */
  public static Matrix of(float[] data, int offset, int rows, int cols) {
    return new Matrix(data, offset, rows, cols, cols);
  }

  /** The first {@code count} rows. */
  public Matrix top(int count) {
    return count == rows ? this : new Matrix(data, offset, count, cols, stride);
  }

  /** {@code count} rows from {@code first} on. */
  public Matrix rows(int first, int count) {
    boolean all = first == 0 && count == rows;
    return all ? this : new Matrix(data, offset + first * stride, count, cols, stride);
  }

  /** {@code count} columns from {@code first} on. */
  public Matrix columns(int first, int count) {
    boolean all = first == 0 && count == cols;
    return all ? this : new Matrix(data, offset + first, rows, count, stride);
  }

  /** Index of element (i, 0). */
  public int row(int i) {
    return offset + i * stride;
  }

  /** Element (i, j). */
  public float get(int i, int j) {
    return data[offset + i * stride + j];
  }

  /** Sets element (i, j). */
  public void set(int i, int j, float value) {
    data[offset + i * stride + j] = value;
  }

  /** Copies every element to a matrix of as many columns and at least as many rows. */
  public void copyTo(Matrix to) {
    if (stride == cols && to.stride == cols) { // all rows at once
      System.arraycopy(data, offset, to.data, to.offset, rows * cols);
      return;
    }
    for (int i = 0; i < rows; i++) {
      copy(data, row(i), to.data, to.row(i), cols);
    }
  }

  /**
   * Copies the numbers of a row, or of a part of one, to another array: as {@link System#arraycopy}
   * does, but of a few numbers, which a call costs more than, one by one.
   */
  public static void copy(float[] from, int at, float[] to, int target, int count) {
    if (count > FEW) {
      System.arraycopy(from, at, to, target, count);
      return;
    }
    for (int j = 0; j < count; j++) {
      to[target + j] = from[at + j];
    }
  }

  /** Sets every element. */
  public void fill(float value) {
    for (int i = 0; i < rows; i++) {
      java.util.Arrays.fill(data, row(i), row(i) + cols, value);
    }
  }
}
