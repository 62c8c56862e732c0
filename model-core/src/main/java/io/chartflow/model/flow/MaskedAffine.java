package io.chartflow.model.flow;

import io.chartflow.model.flow.FlowLayer.LayerGradient;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.nn.MaskedMlp;
import io.chartflow.model.nn.ParameterLayout;
import io.chartflow.model.nn.Views;
import io.chartflow.model.nn.Weights;
import io.chartflow.model.random.SplitMix;

/**
 * What both directions of an autoregressive layer are made of: {@code w_j = u_j·exp(s_j) + t_j},
 * with {@code (h_j, t_j) = net(u_{<j}, v_k)} and {@code s = S·tanh(h/S)} bounded by {@code S}. The
 * first feature's scale and shift depend on {@code v_k} alone. It starts as the identity.
 *
 * <p>From u to w one pass of a masked network ({@link MaskedMlp}); from w to u feature by feature,
 * each with its own block of that network, which takes no more multiplications.
 */
final class MaskedAffine {

  private final int dimension;
  private final boolean natural;
  private final double maxLogScale;
  private final float reach;
  private final MaskedMlp net;
  private final CodeLayer code;

  /**
   * In natural order feature 0 is the first; else the last feature is.
   *
   * @param reach the network sees each feature of u no farther out than this
   */
  MaskedAffine(
      ParameterLayout layout,
      int dimension,
      boolean natural,
      int codeDimension,
      int width,
      double maxLogScale,
      float reach) {
    this.dimension = dimension;
    this.natural = natural;
    this.maxLogScale = maxLogScale;
    this.reach = reach;
    this.net = new MaskedMlp(layout, dimension, width, 2);
    this.code = new CodeLayer(layout, codeDimension, net.firstBias());
  }

  int tableColumns() {
    return net.width();
  }

  void initialise(float[] theta, SplitMix random) {
    int fanIn = dimension - 1 + code.codeDimension();
    net.initialise(theta, random, fanIn);
    code.initialise(theta, fanIn, random);
  }

  void fillTable(Kernels kernels, Weights weights, ChartSet charts, Matrix table) {
    code.fill(kernels, weights, charts, table);
  }

  void tableBackward(Kernels kernels, ChartSet charts, Matrix tableGradient, Views gradient) {
    code.backward(kernels, charts, tableGradient, gradient);
  }

  Run run() {
    return new Run();
  }

  /** The column of the feature that comes {@code d}-th. */
  int column(int d) {
    return natural ? d : dimension - 1 - d;
  }

  /**
   * The map at work, with memory of its own. What a pass leaves of row i and the feature that comes
   * d-th is at {@code i·D + d}.
   */
  final class Run {

    private final MaskedMlp.Tape tape = net.tape();
    private int capacity;
    private float[] inputs = new float[0];
    private float[] seen = new float[0];
    private float[] inputGradients = new float[0];
    private float[] outputs = new float[0];
    private float[] squashed = new float[0];
    private float[] scales = new float[0];
    private float[] columnSquashed = new float[0];
    private float[] columnScales = new float[0];

    /** Replaces each row u by w. */
    void apply(FlowPass pass, Matrix rows) {
      int n = prepare(pass, rows);
      for (int d = 0; d < dimension; d++) {
        look(rows, d);
      }
      Matrix x = Matrix.of(seen, 0, n, dimension);
      tape.forward(pass.kernels(), pass.weights().values(), x, outputs(n));
      for (int at = 0; at < n * dimension; at++) {
        squashed[at] = outputs[2 * at];
      }
      Squash.toScales(
          pass.kernels(),
          Matrix.of(squashed, 0, n * dimension, 1),
          Matrix.of(scales, 0, n * dimension, 1),
          maxLogScale);
      for (int i = 0; i < n; i++) {
        int row = rows.row(i);
        for (int d = 0; d < dimension; d++) {
          int at = i * dimension + d;
          rows.data()[row + column(d)] = Math.fma(inputs[at], scales[at], outputs[2 * at + 1]);
        }
      }
    }

    /** Replaces each row w by u. */
    void solve(FlowPass pass, Matrix rows) {
      int n = prepare(pass, rows);
      Matrix x = Matrix.of(seen, 0, n, dimension);
      for (int d = 0; d < dimension; d++) {
        tape.forward(pass.kernels(), pass.weights().values(), x, d, outputs(n));
        for (int i = 0; i < n; i++) {
          columnSquashed[i] = outputs[2 * (i * dimension + d)];
        }
        Squash.toScales(
            pass.kernels(),
            Matrix.of(columnSquashed, 0, n, 1),
            Matrix.of(columnScales, 0, n, 1),
            maxLogScale);
        for (int i = 0; i < n; i++) {
          int at = i * dimension + d;
          squashed[at] = columnSquashed[i];
          scales[at] = columnScales[i];
          float shift = outputs[2 * at + 1];
          rows.set(i, column(d), (rows.get(i, column(d)) - shift) / scales[at]);
        }
        look(rows, d);
      }
    }

    /** {@code u_j}. */
    float input(int at) {
      return inputs[at];
    }

    /** Whether the network saw {@code u_j} as it is. */
    boolean isSeen(int at) {
      return inputs[at] == seen[at];
    }

    /** {@code exp(s_j)}. */
    float scale(int at) {
      return scales[at];
    }

    /** {@code ds/dh}. */
    float slope(int at) {
      return 1 - squashed[at] * squashed[at];
    }

    /** {@code Σ_j s_j} of row i. */
    double logScale(int i) {
      double sum = 0;
      for (int at = i * dimension; at < (i + 1) * dimension; at++) {
        sum += maxLogScale * squashed[at];
      }
      return sum;
    }

    /**
     * Adds {@code sign·s_j} to {@code logScales} (n × D).
     *
     * @throws UnsupportedOperationException if the order is not the natural one
     */
    void addLogScales(int rows, double sign, double[] logScales) {
      if (!natural) {
        throw new UnsupportedOperationException("the last feature comes first");
      }
      for (int at = 0; at < rows * dimension; at++) {
        logScales[at] += sign * maxLogScale * squashed[at];
      }
    }

    /** Of the network, each feature's {@code (h, t)}; a backward pass leaves its gradient there. */
    Matrix outputs(int rows) {
      return Matrix.of(outputs, 0, rows, 2 * dimension);
    }

    /** Where a backward pass gathers the gradient by u (n × D). */
    Matrix inputGradients(int rows) {
      return Matrix.of(inputGradients, 0, rows, dimension);
    }

    /** Adds what the outputs' gradients say of weights, table and inputs. */
    void backward(FlowPass pass, int n, LayerGradient gradient) {
      Matrix x = Matrix.of(seen, 0, n, dimension);
      Matrix dx = inputGradients(n);
      Matrix d1 =
          tape.backward(pass.kernels(), pass.weights(), x, outputs(n), dx, gradient.theta());
      pass.kernels().addRows(d1, pass.chart(), gradient.table());
    }

    /** Adds what those of the d-th feature say of the inputs before it; the last comes first. */
    void backward(FlowPass pass, int n, int d) {
      tape.backward(pass.kernels(), pass.weights(), d, outputs(n), inputGradients(n));
    }

    /** Adds what all of them said of weights and table. */
    void gather(FlowPass pass, int n, LayerGradient gradient) {
      Matrix x = Matrix.of(seen, 0, n, dimension);
      Matrix d1 = tape.gather(pass.kernels(), x, outputs(n), gradient.theta());
      pass.kernels().addRows(d1, pass.chart(), gradient.table());
    }

    private int prepare(FlowPass pass, Matrix rows) {
      pass.requireRows(rows, dimension);
      int n = rows.rows();
      if (n > capacity) {
        capacity = n + n / 4;
        inputs = new float[capacity * dimension];
        seen = new float[capacity * dimension];
        inputGradients = new float[capacity * dimension];
        outputs = new float[capacity * 2 * dimension];
        squashed = new float[capacity * dimension];
        scales = new float[capacity * dimension];
        columnSquashed = new float[capacity];
        columnScales = new float[capacity];
      }
      pass.kernels().copyRows(pass.table(), pass.chart(), tape.hidden1(n));
      return n;
    }

    private void look(Matrix rows, int d) {
      for (int i = 0; i < rows.rows(); i++) {
        float value = rows.get(i, column(d));
        inputs[i * dimension + d] = value;
        seen[i * dimension + d] = Math.max(-reach, Math.min(reach, value));
      }
    }
  }
}
