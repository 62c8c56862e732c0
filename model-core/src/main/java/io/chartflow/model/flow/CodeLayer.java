package io.chartflow.model.flow;

import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.nn.Mlp;
import io.chartflow.model.nn.ParameterLayout;
import io.chartflow.model.nn.ParameterLayout.Slice;
import io.chartflow.model.nn.Views;
import io.chartflow.model.nn.Weights;
import io.chartflow.model.random.SplitMix;

/**
 * What depends on the chart alone, {@code b + v_k·C}: worked out once a chart, one row of a layer's
 * table each. Shapes: b (1 × n), C (d_v × n), table (K × n).
 */
final class CodeLayer {

  private final Slice bias;
  private final Slice weights;

  /** Reserves C in {@code layout}; the bias is reserved by the caller. */
  CodeLayer(ParameterLayout layout, int codeDimension, Slice bias) {
    this.bias = bias;
    this.weights = layout.matrix(codeDimension, bias.cols());
  }

  /** Inputs {@code d_v}. */
  int codeDimension() {
    return weights.rows();
  }

  /** C. */
  Slice weights() {
    return weights;
  }

  /** Draws C as the first layer of a network of {@code fanIn} inputs. */
  void initialise(float[] theta, int fanIn, SplitMix random) {
    Mlp.draw(theta, weights, fanIn, random);
  }

  /** Sets every row of {@code table}. */
  void fill(Kernels kernels, Weights theta, ChartSet charts, Matrix table) {
    for (int k = 0; k < charts.count(); k++) {
      System.arraycopy(theta.values(), bias.offset(), table.data(), table.row(k), bias.cols());
    }
    kernels.multiplyAdd(charts.codes(), theta.view(weights), table);
  }

  /** Adds the gradients of b and C, given codes and the gradient of the table. */
  void backward(Kernels kernels, Matrix codes, Matrix d, Views gradient) {
    kernels.addColumnSums(d, gradient.of(bias));
    kernels.multiplyTransposedAdd(codes, d, gradient.of(weights));
  }
}
