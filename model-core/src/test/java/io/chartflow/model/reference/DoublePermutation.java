package io.chartflow.model.reference;

import io.chartflow.model.random.SplitMix;

/** {@code y_j = x_{order[j]}}. */
public final class DoublePermutation implements DoubleLayer {

  private final int[] order;

  public DoublePermutation(int... order) {
    this.order = order.clone();
  }

  public static DoublePermutation rotation(int dimension, int by) {
    int[] order = new int[dimension];
    for (int j = 0; j < dimension; j++) {
      order[j] = (j + by) % dimension;
    }
    return new DoublePermutation(order);
  }

  /** Fisher and Yates, from the end. */
  public static DoublePermutation shuffle(int dimension, SplitMix random) {
    int[] order = rotation(dimension, 0).order;
    for (int j = dimension - 1; j > 0; j--) {
      int other = (int) (random.nextDouble() * (j + 1));
      int held = order[other];
      order[other] = order[j];
      order[j] = held;
    }
    return new DoublePermutation(order);
  }

  @Override
  public double[] forward(double[] theta, DoubleCharts charts, int k, double[] x, double[] logDet) {
    double[] y = new double[x.length];
    for (int j = 0; j < x.length; j++) {
      y[j] = x[order[j]];
    }
    return y;
  }
}
