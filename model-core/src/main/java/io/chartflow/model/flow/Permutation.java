package io.chartflow.model.flow;

import io.chartflow.model.linalg.KeptRows;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.nn.Views;
import io.chartflow.model.nn.Weights;
import io.chartflow.model.random.SplitMix;
import java.util.Optional;

/** Reorders the features: {@code y_j = x_{order[j]}}, {@code log|det J| = 0}. No weights. */
final class Permutation implements FlowLayer {

  private final int[] order;
  private final int[] inverse;

  Permutation(int[] order) {
    this.order = order.clone();
    this.inverse = new int[order.length];
    for (int j = 0; j < order.length; j++) {
      inverse[order[j]] = j;
    }
  }

  /** {@code order[j] = (j + by) mod dimension}. */
  static Permutation rotation(int dimension, int by) {
    int[] order = new int[dimension];
    for (int j = 0; j < dimension; j++) {
      order[j] = Math.floorMod(j + by, dimension);
    }
    return new Permutation(order);
  }

  /** A seeded shuffle. */
  static Permutation shuffle(int dimension, SplitMix random) {
    int[] order = rotation(dimension, 0).order.clone();
    for (int j = dimension - 1; j > 0; j--) {
      int other = random.nextInt(j + 1);
      int held = order[j];
      order[j] = order[other];
      order[other] = held;
    }
    return new Permutation(order);
  }

  @Override
  public int tableColumns() {
    return 0;
  }

  @Override
  public void initialise(float[] theta, SplitMix random) {}

  @Override
  public void fillTable(Kernels kernels, Weights weights, ChartSet charts, Matrix table) {}

  @Override
  public void tableBackward(
      Kernels kernels, Weights weights, ChartSet charts, Matrix tableGradient, Views gradient) {}

  @Override
  public Run run() {
    return new PermutationRun();
  }

  @Override
  public Optional<BlockLayer> blocks() {
    return Optional.of(new PermutationBlocks());
  }

  private final class PermutationBlocks implements BlockLayer {

    private float[] held = new float[0];

    @Override
    public void forward(FlowPass pass, FlowBlocks blocks) {
      reorder(blocks, order);
    }

    @Override
    public void inverse(FlowPass pass, FlowBlocks blocks) {
      reorder(blocks, inverse);
    }

    private void reorder(FlowBlocks blocks, int[] by) {
      int r = blocks.rows();
      int n = order.length * r;
      if (held.length < n) {
        held = new float[n];
      }
      for (int b = 0; b < blocks.count(); b++) {
        int at = blocks.at(b);
        System.arraycopy(blocks.values(), at, held, 0, n);
        for (int j = 0; j < by.length; j++) {
          System.arraycopy(held, by[j] * r, blocks.values(), at + j * r, r);
        }
      }
    }
  }

  private final class PermutationRun implements Run {

    private final float[] held = new float[order.length];

    @Override
    public void forward(FlowPass pass, Matrix rows, double[] logDet) {
      pass.requireRows(rows, order.length);
      reorder(rows, order);
    }

    @Override
    public void inverse(FlowPass pass, Matrix rows) {
      pass.requireRows(rows, order.length);
      reorder(rows, inverse);
    }

    @Override
    public void keep(KeptRows kept) {}

    @Override
    public void backward(FlowPass pass, Matrix dRows, float[] dLogDet, LayerGradient gradient) {
      inverse(pass, dRows);
    }

    private void reorder(Matrix rows, int[] by) {
      if (by.length == 3) {
        reorderThree(rows, by[0], by[1], by[2]);
        return;
      }
      float[] x = rows.data();
      float[] from = held;
      for (int i = 0; i < rows.rows(); i++) {
        int at = rows.row(i);
        System.arraycopy(x, at, from, 0, by.length);
        for (int j = 0; j < by.length; j++) {
          x[at + j] = from[by[j]];
        }
      }
    }

    /** Three features are common, and loops over so few cost more than what they do. */
    private static void reorderThree(Matrix rows, int first, int second, int third) {
      float[] x = rows.data();
      for (int i = 0; i < rows.rows(); i++) {
        int at = rows.row(i);
        float x0 = x[at + first];
        float x1 = x[at + second];
        float x2 = x[at + third];
        x[at] = x0;
        x[at + 1] = x1;
        x[at + 2] = x2;
      }
    }
  }
}
