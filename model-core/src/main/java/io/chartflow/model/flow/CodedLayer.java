package io.chartflow.model.flow;

import io.chartflow.model.linalg.KeptRows;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.linalg.Rows;
import io.chartflow.model.nn.ParameterLayout.Slice;
import io.chartflow.model.nn.Views;
import io.chartflow.model.nn.Weights;

/**
 * A first layer {@code relu(b + v_k·C + x·W)} that multiplies the code of each row's chart anew, as
 * one product {@code [1, v_k, x]·[b; C; W]}: the rows of its outputs are gone through once, and
 * once for the gradient. The sums are those of a table's row and a product. Shapes: b (1 × n), C
 * (d_v × n), W (features × n). Working memory of one thread.
 */
final class CodedLayer {

  private final Slice bias;
  private final Slice codes;
  private final Slice features;
  private final Rows inputs;
  private final Matrix weights;
  private final Matrix gradient;

  /** Memory of inputs whose rows begin with a one. */
  private float[] begun = new float[0];

  CodedLayer(Slice bias, Slice codes, Slice features) {
    int count = 1 + codes.rows() + features.rows();
    this.bias = bias;
    this.codes = codes;
    this.features = features;
    this.inputs = new Rows(count);
    this.weights = Matrix.zeros(count, bias.cols());
    this.gradient = Matrix.zeros(count, bias.cols());
  }

  /** Reads the first columns of {@code rows} and, from the pass's table, the codes. */
  void forward(FlowPass pass, Matrix rows, Matrix outputs) {
    Matrix in = inputs.top(rows.rows());
    gatherCodes(pass.table(), pass.chart(), in);
    gatherFeatures(rows, in);
    Weights theta = pass.weights();
    join(theta.view(bias), theta.view(codes), theta.view(features), weights);
    pass.kernels().multiplyRelu(in, weights, outputs);
  }

  /** A one and the code of each row's chart; four numbers for each look at the chart. */
  private void gatherCodes(Matrix table, int[] chart, Matrix in) {
    float[] from = table.data();
    float[] to = in.data();
    int step = in.cols();
    int d = codes.rows();
    int whole = d / 4 * 4;
    for (int j = 0; j < whole; j += 4) {
      for (int i = 0; i < in.rows(); i++) {
        int at = table.row(chart[i]) + j;
        int target = i * step + 1 + j;
        to[target] = from[at];
        to[target + 1] = from[at + 1];
        to[target + 2] = from[at + 2];
        to[target + 3] = from[at + 3];
      }
    }
    for (int j = whole; j < d; j++) {
      for (int i = 0; i < in.rows(); i++) {
        to[i * step + 1 + j] = from[table.row(chart[i]) + j];
      }
    }
    if (to != begun) { // new memory; nobody writes another number there
      begun = to;
      for (int at = 0; at < to.length; at += step) {
        to[at] = 1f;
      }
    }
  }

  private void gatherFeatures(Matrix rows, Matrix in) {
    float[] from = rows.data();
    float[] to = in.data();
    int step = in.cols();
    int behind = 1 + codes.rows();
    for (int j = 0; j < features.rows(); j++) { // loops over rows are longer
      for (int i = 0; i < in.rows(); i++) {
        to[i * step + behind + j] = from[rows.row(i) + j];
      }
    }
  }

  /** Of the last rows only these go backwards. */
  void keep(KeptRows rows) {
    inputs.keep(rows);
  }

  /**
   * Adds the gradients of b, C and W, given that of the sums of the last rows, or of those kept.
   */
  void backward(Kernels kernels, Matrix dSums, Views theta) {
    Matrix dBias = theta.of(bias);
    Matrix dCodes = theta.of(codes);
    Matrix dFeatures = theta.of(features);
    join(dBias, dCodes, dFeatures, gradient);
    kernels.multiplyTransposedAdd(inputs.top(dSums.rows()), dSums, gradient);
    part(0, dBias);
    part(1, dCodes);
    part(1 + codes.rows(), dFeatures);
  }

  private static void join(Matrix bias, Matrix codes, Matrix features, Matrix all) {
    copy(bias, bias.offset(), all, 0, bias.rows() * bias.cols());
    copy(codes, codes.offset(), all, all.row(1), codes.rows() * codes.cols());
    int behind = all.row(1 + codes.rows());
    copy(features, features.offset(), all, behind, features.rows() * features.cols());
  }

  /** Copies rows of all gradients, from row {@code first} on, to where they belong. */
  private void part(int first, Matrix to) {
    copy(gradient, gradient.row(first), to, to.offset(), to.rows() * to.cols());
  }

  private static void copy(Matrix from, int at, Matrix to, int target, int count) {
    System.arraycopy(from.data(), at, to.data(), target, count);
  }
}
