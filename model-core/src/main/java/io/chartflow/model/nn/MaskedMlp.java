package io.chartflow.model.nn;

import io.chartflow.model.linalg.KeptRows;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.nn.BlockViews.Ranges;
import io.chartflow.model.nn.ParameterLayout.Slice;
import io.chartflow.model.random.SplitMix;
import java.util.Arrays;

/**
 * A network of two hidden layers whose outputs for feature d, {@code y_d}, depend on the features
 * before it, {@code x_0 … x_{d−1}}, and on what the caller adds to the first layer's sums.
 *
 * <p>Each hidden unit has a degree from 0 to {@code D − 1}: one of degree d sees features before d
 * and units of degree at most d, and is seen by outputs from feature d on. Units are sorted by
 * degree, so that every mask is a staircase, and what feature d needs is a block of each matrix:
 * working out all features one by one takes no more multiplications than all of them at once, and
 * gives the same bits.
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
  private final int[] ends; // hidden units of degree at most d
  private final Slice w1;
  private final Slice b1;
  private final Slice w2;
  private final Slice b2;
  private final Slice w3;
  private final Slice b3;
  private final Staircase masked1;
  private final Staircase masked2;
  private final Staircase masked3;
  private final Ranges before; // features before d
  private final Ranges units; // hidden units of degree d
  private final Ranges until; // those of degree at most d
  private final Ranges own; // outputs of d

  /**
   * Reserves the weights of a network in {@code layout}.
   *
   * @param features D
   * @param each outputs of each feature, side by side in y (n × D·each)
   */
  public MaskedMlp(ParameterLayout layout, int features, int width, int each) {
    this.features = features;
    this.width = width;
    this.ends = ends(features, width);
    this.w1 = layout.matrix(features - 1, width); // nothing depends on the last feature
    this.b1 = layout.matrix(1, width);
    this.w2 = layout.matrix(width, width);
    this.b2 = layout.matrix(1, width);
    this.w3 = layout.matrix(width, features * each);
    this.b3 = layout.matrix(1, features * each);
    int[] firstUnits = new int[width];
    int[] firstOutputs = new int[width];
    for (int d = 0; d < features; d++) {
      Arrays.fill(firstUnits, start(d), ends[d], start(d));
      Arrays.fill(firstOutputs, start(d), ends[d], d * each);
    }
    int[] zeros = new int[features];
    int[] starts = new int[features];
    int[] firsts = new int[features];
    int[] lasts = new int[features];
    int[] numbers = new int[features];
    for (int d = 0; d < features; d++) {
      starts[d] = start(d);
      firsts[d] = d * each;
      lasts[d] = (d + 1) * each;
      numbers[d] = d;
    }
    this.before = new Ranges(zeros, numbers);
    this.units = new Ranges(starts, ends);
    this.until = new Ranges(zeros, ends);
    this.own = new Ranges(firsts, lasts);
    this.masked1 = new Staircase(w1, Arrays.copyOf(ends, features - 1));
    this.masked2 = new Staircase(w2, firstUnits);
    this.masked3 = new Staircase(w3, firstOutputs);
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

  /** Memory for one thread. */
  public Tape tape() {
    return new Tape();
  }

  /** The network at work: what a forward pass leaves for its backward pass. */
  public final class Tape {

    private final MlpTape hidden = new MlpTape(width);
    private final Staircase.Memory memory1 = masked1.memory();
    private final Staircase.Memory memory2 = masked2.memory();
    private final Staircase.Memory memory3 = masked3.memory();
    private final BlockViews inputs = new BlockViews(before);
    private final BlockViews inputGradients = new BlockViews(before);
    private final BlockViews outputs = new BlockViews(own);
    private final BlockViews h1Units = new BlockViews(units);
    private final BlockViews h1Until = new BlockViews(until);
    private final BlockViews h2Units = new BlockViews(units);
    private final BlockViews h2Until = new BlockViews(until);
    private final BlockViews d1Units = new BlockViews(units);
    private final BlockViews d1Until = new BlockViews(until);
    private final BlockViews d2Units = new BlockViews(units);
    private final BlockViews d2Until = new BlockViews(until);
    private final BlockViews firstWeights = new BlockViews(before, units);
    private final BlockViews secondWeights = new BlockViews(until, units);
    private final BlockViews thirdWeights = new BlockViews(until, own);
    private final BlockViews secondBias = new BlockViews(units);
    private final BlockViews thirdBias = new BlockViews(own);
    private final BlockViews firstTurned = new BlockViews(units, before);
    private final BlockViews secondTurned = new BlockViews(units, until);
    private final BlockViews thirdTurned = new BlockViews(own, until);

    /** The first layer's sums: before a pass the caller sets {@code b₁} and what is to be added. */
    public Matrix hidden1(int rows) {
      return hidden.hidden1(rows);
    }

    /** Works out the outputs y (n × D·each) of all features of x (n × D, or D − 1). */
    public void forward(Kernels kernels, Weights weights, Matrix x, Matrix y) {
      float[] theta = weights.values();
      Matrix h1 = hidden.hidden1(x.rows());
      Matrix h2 = hidden.hidden2(x.rows());
      if (features > 1) {
        memory1.multiplyAdd(kernels, theta, x.columns(0, features - 1), h1);
      }
      kernels.reluInPlace(h1);
      Mlp.setRows(h2, weights.view(b2));
      memory2.multiplyAdd(kernels, theta, h1, h2);
      kernels.reluInPlace(h2);
      Mlp.setRows(y, weights.view(b3));
      memory3.multiplyAdd(kernels, theta, h2, y);
    }

    /**
     * Works out the outputs of one feature. Features come in order: first 0, last {@code D − 1}.
     *
     * @param x (n × D, or D − 1), of which the first {@code feature} columns are read
     * @param y (n × D·each), of which the feature's columns are set
     */
    public void forward(Kernels kernels, Weights weights, Matrix x, int feature, Matrix y) {
      Matrix h1 = hidden.hidden1(x.rows());
      Matrix h2 = hidden.hidden2(x.rows());
      if (units.count(feature) > 0) {
        Matrix block1 = h1Units.of(h1, feature);
        if (feature > 0) {
          Matrix w = firstWeights.of(weights.view(w1), feature);
          kernels.multiplyAdd(inputs.of(x, feature), w, block1);
        }
        kernels.reluInPlace(block1);
        Matrix block2 = h2Units.of(h2, feature);
        Mlp.setRows(block2, secondBias.of(weights.view(b2), feature));
        Matrix w = secondWeights.of(weights.view(w2), feature);
        kernels.multiplyAdd(h1Until.of(h1, feature), w, block2);
        kernels.reluInPlace(block2);
      }
      Matrix out = outputs.of(y, feature);
      Mlp.setRows(out, thirdBias.of(weights.view(b3), feature));
      Matrix w = thirdWeights.of(weights.view(w3), feature);
      kernels.multiplyAdd(h2Until.of(h2, feature), w, out);
    }

    /** Of the rows of the last forward pass only these go backwards. */
    public void keep(KeptRows kept) {
      hidden.keep(kept);
    }

    /**
     * Adds the gradient of the weights, but for {@code b₁}, to {@code gradient} and that of the
     * inputs to {@code dx} (n × D, or D − 1).
     *
     * @return the gradient of the first layer's sums
     */
    public Matrix backward(
        Kernels kernels, Weights weights, Matrix x, Matrix dy, Matrix dx, Views gradient) {
      Matrix d1 = hidden.gradient1(dy.rows());
      Matrix d2 = hidden.gradient2(dy.rows());
      d2.fill(0);
      memory3.backward(kernels, weights, dy, d2);
      kernels.maskInPlace(d2, hidden.hidden2(dy.rows()));
      d1.fill(0);
      memory2.backward(kernels, weights, d2, d1);
      kernels.maskInPlace(d1, hidden.hidden1(dy.rows()));
      if (features > 1) {
        memory1.backward(kernels, weights, d1, dx.columns(0, features - 1));
      }
      return gather(kernels, x, dy, gradient);
    }

    /**
     * Adds to {@code dx} what the outputs of one feature say of the features before it. Features
     * come backwards, first {@code D − 1}, last 0: the gradient by a feature is whole before that
     * of its own outputs is asked for. {@link #gather} follows.
     *
     * @param dy (n × D·each), of which the feature's columns are read
     * @param dx (n × D, or D − 1), of which the first {@code feature} columns are added to
     */
    public void backward(Kernels kernels, Weights weights, int feature, Matrix dy, Matrix dx) {
      int n = dy.rows();
      Matrix d1 = hidden.gradient1(n);
      Matrix d2 = hidden.gradient2(n);
      if (feature == features - 1) {
        d1.fill(0);
        d2.fill(0);
      }
      Matrix w = thirdTurned.of(weights.turned(w3), feature);
      kernels.multiplyAdd(outputs.of(dy, feature), w, d2Until.of(d2, feature));
      if (units.count(feature) > 0) {
        Matrix block2 = d2Units.of(d2, feature);
        kernels.maskInPlace(block2, h2Units.of(hidden.hidden2(n), feature));
        w = secondTurned.of(weights.turned(w2), feature);
        kernels.multiplyAdd(block2, w, d1Until.of(d1, feature));
        Matrix block1 = d1Units.of(d1, feature);
        kernels.maskInPlace(block1, h1Units.of(hidden.hidden1(n), feature));
        if (feature > 0) {
          w = firstTurned.of(weights.turned(w1), feature);
          kernels.multiplyAdd(block1, w, inputGradients.of(dx, feature));
        }
      }
    }

    /**
     * Adds the gradient of the weights, but for {@code b₁}, to {@code gradient}, once a backward
     * pass has been through all features.
     *
     * @return the gradient of the first layer's sums
     */
    public Matrix gather(Kernels kernels, Matrix x, Matrix dy, Views gradient) {
      Matrix d1 = hidden.gradient1(dy.rows());
      Matrix d2 = hidden.gradient2(dy.rows());
      kernels.addColumnSums(dy, gradient.of(b3));
      memory3.gather(kernels, hidden.hidden2(dy.rows()), dy, gradient.values());
      kernels.addColumnSums(d2, gradient.of(b2));
      memory2.gather(kernels, hidden.hidden1(dy.rows()), d2, gradient.values());
      if (features > 1) {
        memory1.gather(kernels, x.columns(0, features - 1), d1, gradient.values());
      }
      return d1;
    }
  }

  private int start(int degree) {
    return degree == 0 ? 0 : ends[degree - 1];
  }
}
