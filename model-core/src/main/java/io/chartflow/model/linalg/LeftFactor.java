package io.chartflow.model.linalg;

/** The left factor of a product, a matrix or its transpose, or a part of its inner index. */
final class LeftFactor {

  private float[] data = new float[0];
  private int offset;
  private int rowStep;
  private int step;
  private int inner;

  /** The matrix, or its transpose. */
  void set(Matrix matrix, boolean transposed) {
    data = matrix.data();
    offset = matrix.offset();
    rowStep = transposed ? 1 : matrix.stride();
    step = transposed ? matrix.stride() : 1;
    inner = transposed ? matrix.rows() : matrix.cols();
  }

  /** A part of the inner index of the matrix that was set. */
  void part(Matrix matrix, int from, int count) {
    offset = matrix.offset() + from * step;
    inner = count;
  }

  float[] data() {
    return data;
  }

  /** Where element (row, p) lies. */
  int at(int row, int p) {
    return offset + row * rowStep + p * step;
  }

  /** From a row to the next. */
  int rowStep() {
    return rowStep;
  }

  /** From a step of the inner index to the next. */
  int step() {
    return step;
  }

  int inner() {
    return inner;
  }
}
