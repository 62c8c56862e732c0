package io.chartflow.model.nn;

import io.chartflow.model.linalg.AlignedFloats;
import io.chartflow.model.linalg.BlockKernels;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.linalg.Packed;
import io.chartflow.model.nn.ParameterLayout.Slice;
import io.chartflow.model.random.SplitMix;

/**
 * A network of two hidden layers: {@code y = relu(relu(x·W₁ + b₁)·W₂ + b₂)·W₃ + b₃}, rows are
 * examples. The first layer can be worked out outside ({@link #forwardFrom}), where part of it is
 * the same for many rows.
 */
public final class Mlp {

  private final int inputs;
  private final int width;
  private final int outputs;
  private final Slice w1;
  private final Slice b1;
  private final Slice w2;
  private final Slice b2;
  private final Slice w3;
  private final Slice b3;

  /** Reserves the weights of a network in {@code layout}. */
  public Mlp(ParameterLayout layout, int inputs, int width, int outputs) {
    this.inputs = inputs;
    this.width = width;
    this.outputs = outputs;
    this.w1 = layout.factor(inputs, width);
    this.b1 = layout.matrix(1, width);
    this.w2 = layout.factor(width, width);
    this.b2 = layout.matrix(1, width);
    this.w3 = layout.factor(width, outputs);
    this.b3 = layout.matrix(1, outputs);
  }

  /** Number of inputs. */
  public int inputs() {
    return inputs;
  }

  /** Units of a hidden layer. */
  public int width() {
    return width;
  }

  /** Number of outputs. */
  public int outputs() {
    return outputs;
  }

  /** Weights of the first layer. */
  public Slice firstWeights() {
    return w1;
  }

  /** Bias of the first layer. */
  public Slice firstBias() {
    return b1;
  }

  /**
   * Draws weights and biases uniformly within {@code ±1/√fanIn}; a last layer may be zero.
   *
   * @param fanIn inputs of the first layer, those that come from outside included
   */
  public void initialise(float[] theta, SplitMix random, int fanIn, boolean zeroLast) {
    draw(theta, w1, fanIn, random);
    draw(theta, b1, fanIn, random);
    draw(theta, w2, width, random);
    draw(theta, b2, width, random);
    if (!zeroLast) {
      draw(theta, w3, width, random);
      draw(theta, b3, width, random);
    }
  }

  /** Draws one slice uniformly within {@code ±1/√fanIn}. */
  public static void draw(float[] theta, Slice slice, int fanIn, SplitMix random) {
    double bound = 1 / Math.sqrt(Math.max(1, fanIn));
    for (int i = 0; i < slice.rows() * slice.cols(); i++) {
      theta[slice.offset() + i] = (float) (bound * (2 * random.nextDouble() - 1));
    }
  }

  /** Runs the rows of {@code x} to {@code y}; the tape remembers what backward needs. */
  public void forward(Kernels kernels, Weights weights, Matrix x, MlpTape tape, Matrix y) {
    Matrix h1 = tape.hidden1(x.rows());
    kernels.affine(x, weights.packed(w1), weights.view(b1), h1);
    kernels.reluInPlace(h1);
    forwardFrom(kernels, weights, tape, y);
  }

  /** From the first hidden layer, which the caller left in {@code tape.hidden1}, to {@code y}. */
  public void forwardFrom(Kernels kernels, Weights weights, MlpTape tape, Matrix y) {
    Matrix h1 = tape.hidden1(y.rows());
    Matrix h2 = tape.hidden2(y.rows());
    kernels.affine(h1, weights.packed(w2), weights.view(b2), h2);
    kernels.reluAffine(h2, weights.packed(w3), weights.view(b3), y);
  }

  /** Whether blocks can be sent from the first hidden layer on to the outputs. */
  public boolean fitsBlocks() {
    return width % 8 == 0 && (isNarrow() ? outputs % 2 == 0 : outputs % 8 == 0);
  }

  private boolean isNarrow() {
    return Packed.isNarrow(width, outputs);
  }

  /** As {@link #forwardFrom(Kernels, Weights, MlpTape, Matrix)}, of a block, to the same bits. */
  public void forwardFrom(
      BlockKernels kernels, Weights weights, AlignedFloats h1, AlignedFloats h2, AlignedFloats y) {
    kernels.affine(h1, weights.packed(w2), weights.view(b2), true, h2);
    if (isNarrow()) {
      kernels.narrow(h2, weights.view(w3), weights.view(b3), y);
    } else {
      kernels.affine(h2, weights.packed(w3), weights.view(b3), false, y);
    }
  }

  /**
   * Adds the gradient of the weights to {@code gradient} and, where {@code dx} has columns, that of
   * the inputs to {@code dx}.
   */
  public void backward(
      Kernels kernels,
      Weights weights,
      Matrix x,
      MlpTape tape,
      Matrix dy,
      Matrix dx,
      Views gradient) {
    Matrix d1 = backwardTo(kernels, weights, tape, dy, gradient);
    kernels.addColumnSums(d1, gradient.of(b1));
    kernels.multiplyTransposedAdd(x, d1, gradient.of(w1));
    if (dx.cols() > 0) {
      kernels.multiplyAdd(d1, weights.packedTransposed(w1), dx);
    }
  }

  /** As {@link #backward}, as far as the first layer's sums, whose gradient is returned. */
  public Matrix backwardTo(
      Kernels kernels, Weights weights, MlpTape tape, Matrix dy, Views gradient) {
    int rows = dy.rows();
    Matrix h1 = tape.hidden1(rows);
    Matrix h2 = tape.hidden2(rows);
    Matrix d1 = tape.gradient1(rows);
    Matrix d2 = tape.gradient2(rows);
    kernels.addColumnSums(dy, gradient.of(b3));
    kernels.multiplyTransposedAdd(h2, dy, gradient.of(w3));
    kernels.multiplyMasked(dy, weights.packedTransposed(w3), h2, d2);
    kernels.addColumnSums(d2, gradient.of(b2));
    kernels.multiplyTransposedAdd(h1, d2, gradient.of(w2));
    kernels.multiplyMasked(d2, weights.packedTransposed(w2), h1, d1);
    return d1;
  }

  static void setRows(Matrix target, Matrix bias) {
    for (int i = 0; i < target.rows(); i++) {
      System.arraycopy(bias.data(), bias.offset(), target.data(), target.row(i), target.cols());
    }
  }
}
