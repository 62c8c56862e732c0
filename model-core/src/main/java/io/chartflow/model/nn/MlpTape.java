package io.chartflow.model.nn;

import io.chartflow.model.linalg.Matrix;

/** What a forward pass of an {@link Mlp} leaves for its backward pass; grows, never shrinks. */
public final class MlpTape {

  private final int width;
  private int capacity;
  private float[] h1 = new float[0];
  private float[] h2 = new float[0];
  private float[] d1 = new float[0];
  private float[] d2 = new float[0];

  /** A tape for networks of this width. */
  public MlpTape(int width) {
    this.width = width;
  }

  /** First hidden layer of {@code rows} rows. */
  public Matrix hidden1(int rows) {
    reserve(rows);
    return Matrix.of(h1, 0, rows, width);
  }

  /** Second hidden layer. */
  public Matrix hidden2(int rows) {
    reserve(rows);
    return Matrix.of(h2, 0, rows, width);
  }

  /** Gradient of the first hidden layer's sums. */
  public Matrix gradient1(int rows) {
    reserve(rows);
    return Matrix.of(d1, 0, rows, width);
  }

  /** Gradient of the second hidden layer's sums. */
  public Matrix gradient2(int rows) {
    reserve(rows);
    return Matrix.of(d2, 0, rows, width);
  }

  private void reserve(int rows) {
    if (rows > capacity) {
      capacity = rows + rows / 4;
      h1 = new float[capacity * width];
      h2 = new float[capacity * width];
      d1 = new float[capacity * width];
      d2 = new float[capacity * width];
    }
  }
}
