package io.chartflow.model.nn;

import io.chartflow.model.linalg.KeptRows;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.linalg.Rows;

/** What a forward pass of an {@link Mlp} leaves for its backward pass. */
public final class MlpTape {

  private final Rows h1;
  private final Rows h2;
  private final Rows d1;
  private final Rows d2;

  /** A tape for networks of this width. */
  public MlpTape(int width) {
    this.h1 = new Rows(width);
    this.h2 = new Rows(width);
    this.d1 = new Rows(width);
    this.d2 = new Rows(width);
  }

  /** First hidden layer of {@code rows} rows. */
  public Matrix hidden1(int rows) {
    return h1.top(rows);
  }

  /** Second hidden layer. */
  public Matrix hidden2(int rows) {
    return h2.top(rows);
  }

  /** Of the last forward pass only some rows go backwards. */
  public void keep(KeptRows kept) {
    h1.keep(kept);
    h2.keep(kept);
  }

  /** Gradient of the first hidden layer's sums. */
  public Matrix gradient1(int rows) {
    return d1.top(rows);
  }

  /** Gradient of the second hidden layer's sums. */
  public Matrix gradient2(int rows) {
    return d2.top(rows);
  }
}
