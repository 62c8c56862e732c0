package io.chartflow.model.nn;

import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.nn.ParameterLayout.Slice;
import io.chartflow.model.random.SplitMix;

/**
 * A network of two hidden layers whose outputs for feature d, {@code y_d}, depend on the features
 * before it, {@code x_0 … x_{d−1}}, and on what the caller adds to the first layer's sums.
 *
 * <p>Each hidden unit has a degree from 0 to {@code D − 1}: one of degree d sees features before d
 * and units of degree at most d, and is seen by outputs from feature d on. Units are sorted by
 * degree, so that every mask is a staircase: the product with a masked matrix is one product with a
 * block a degree, and what is masked is never touched, nor does it get a gradient. A feature's
 * block needs only features before it: drawing all features one by one costs as much as one pass.
 *
 * <p>Units of degree 0 see nothing but the caller's sums: an eighth of them. The others have
 * degrees from 1 to {@code D − 1} in equal shares.
 *
 * <p>Source: Germain, Gregor, Murray, Larochelle 2015 (MADE), equations 12 and 13; degrees from 0,
 * so that the first feature too depends on a condition.
 */
public final class MaskedMlp {

  private final int features;
  private final int width;
  private final int each;
  private final int[] ends; // hidden units of degree at most d
  private final Slice w1;
  private final Slice b1;
  private final Slice w2;
  private final Slice b2;
  private final Slice w3;
  private final Slice b3;

  /**
   * Reserves the weights of a network in {@code layout}.
   *
   * @param features D
   * @param each outputs of each feature, side by side in y (n × D·each)
   */
  public MaskedMlp(ParameterLayout layout, int features, int width, int each) {
    this.features = features;
    this.width = width;
    this.each = each;
    this.ends = ends(features, width);
    this.w1 = layout.matrix(features - 1, width); // nothing depends on the last feature
    this.b1 = layout.matrix(1, width);
    this.w2 = layout.matrix(width, width);
    this.b2 = layout.matrix(1, width);
    this.w3 = layout.matrix(width, features * each);
    this.b3 = layout.matrix(1, features * each);
  }

  private static int[] ends(int features, int width) {
    int[] ends = new int[features];
    int first = features == 1 ? width : Math.max(1, width / 8);
    for (int d = 0; d < features; d++) {
      ends[d] = d == 0 ? first : first + (width - first) * d / (features - 1);
    }
    return ends;
  }

  /** Units of a hidden layer. */
  public int width() {
    return width;
  }

  /** Bias of the first layer. */
  public Slice firstBias() {
    return b1;
  }

  /**
   * Draws weights and biases uniformly within {@code ±1/√fanIn}; the last layer is left at zero.
   *
   * @param fanIn inputs of the first layer, those that come from outside included
   */
  public void initialise(float[] theta, SplitMix random, int fanIn) {
    Mlp.draw(theta, w1, fanIn, random);
    Mlp.draw(theta, b1, fanIn, random);
    Mlp.draw(theta, w2, width, random);
    Mlp.draw(theta, b2, width, random);
  }

  /**
   * Works out the outputs of one feature. Features come in order: first 0, last {@code D − 1}.
   *
   * @param x (n × D), of which the first {@code feature} columns are read
   * @param tape in whose first layer the caller left {@code b₁} and what else is to be added
   * @param y (n × D·each), of which the feature's columns are set
   */
  public void forward(
      Kernels kernels, float[] theta, Matrix x, MlpTape tape, int feature, Matrix y) {
    int units = units(feature);
    int end = ends[feature];
    Matrix h1 = tape.hidden1(x.rows());
    Matrix h2 = tape.hidden2(x.rows());
    if (units > 0) {
      Matrix block1 = block(h1, feature);
      if (feature > 0) {
        Matrix w = block(w1.in(theta).rows(0, feature), feature);
        kernels.multiplyAdd(x.columns(0, feature), w, block1);
      }
      Mlp.reluInPlace(block1);
      Matrix block2 = block(h2, feature);
      Mlp.setRows(block2, block(b2.in(theta), feature));
      kernels.multiplyAdd(h1.columns(0, end), block(w2.in(theta).rows(0, end), feature), block2);
      Mlp.reluInPlace(block2);
    }
    Matrix out = outputs(y, feature);
    Mlp.setRows(out, outputs(b3.in(theta), feature));
    kernels.multiplyAdd(h2.columns(0, end), outputs(w3.in(theta).rows(0, end), feature), out);
  }

  /**
   * Adds the gradient of the weights, but for {@code b₁}, to {@code gradient} and that of the
   * inputs to {@code dx} (n × D).
   *
   * @return the gradient of the first layer's sums
   */
  public Matrix backward(
      Kernels kernels,
      Weights weights,
      Matrix x,
      MlpTape tape,
      Matrix dy,
      Matrix dx,
      float[] gradient) {
    float[] transposed = weights.transposed();
    Matrix h1 = tape.hidden1(dy.rows());
    Matrix h2 = tape.hidden2(dy.rows());
    Matrix d1 = tape.gradient1(dy.rows());
    Matrix d2 = tape.gradient2(dy.rows());

    Mlp.addColumnSums(dy, b3.in(gradient));
    d2.fill(0);
    for (int d = 0; d < features; d++) {
      int end = ends[d];
      Matrix dOut = outputs(dy, d);
      Matrix g = outputs(w3.in(gradient).rows(0, end), d);
      kernels.multiplyTransposedAdd(h2.columns(0, end), dOut, g);
      Matrix wT = w3.transposedIn(transposed).rows(d * each, each).columns(0, end);
      kernels.multiplyAdd(dOut, wT, d2.columns(0, end));
    }
    Mlp.maskInPlace(d2, h2);

    Mlp.addColumnSums(d2, b2.in(gradient));
    d1.fill(0);
    for (int d = 0; d < features; d++) {
      int end = ends[d];
      if (units(d) > 0) {
        Matrix block = block(d2, d);
        Matrix g = block(w2.in(gradient).rows(0, end), d);
        kernels.multiplyTransposedAdd(h1.columns(0, end), block, g);
        Matrix wT = w2.transposedIn(transposed).rows(start(d), units(d)).columns(0, end);
        kernels.multiplyAdd(block, wT, d1.columns(0, end));
      }
    }
    Mlp.maskInPlace(d1, h1);

    for (int d = 1; d < features; d++) {
      if (units(d) > 0) {
        Matrix block = block(d1, d);
        Matrix g = block(w1.in(gradient).rows(0, d), d);
        kernels.multiplyTransposedAdd(x.columns(0, d), block, g);
        Matrix wT = w1.transposedIn(transposed).rows(start(d), units(d)).columns(0, d);
        kernels.multiplyAdd(block, wT, dx.columns(0, d));
      }
    }
    return d1;
  }

  /** The columns of the units of this degree. */
  private Matrix block(Matrix m, int degree) {
    return m.columns(start(degree), units(degree));
  }

  /** The columns of the outputs of this feature. */
  private Matrix outputs(Matrix m, int feature) {
    return m.columns(feature * each, each);
  }

  private int start(int degree) {
    return degree == 0 ? 0 : ends[degree - 1];
  }

  private int units(int degree) {
    return ends[degree] - start(degree);
  }
}
