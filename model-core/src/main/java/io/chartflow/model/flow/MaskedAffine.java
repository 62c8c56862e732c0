package io.chartflow.model.flow;

import io.chartflow.model.flow.FlowLayer.LayerGradient;
import io.chartflow.model.linalg.KeptRows;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.linalg.RowBlocks;
import io.chartflow.model.linalg.Rows;
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
    code.backward(kernels, charts.codes(), tableGradient, gradient);
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
    private final Rows inputs = new Rows(dimension);
    private final Rows seen = new Rows(dimension - 1); // nothing depends on the last feature
    private final Rows inputGradients = new Rows(dimension - 1);
    private final Rows outputs = new Rows(2 * dimension);
    private final Rows squashed = new Rows(dimension);
    private final Rows scales = new Rows(dimension);
    private final Rows columnSquashed = new Rows(1);
    private final Rows columnScales = new Rows(1);

    /** Replaces each row u by w. */
    void apply(FlowPass pass, Matrix rows) {
      int n = prepare(pass, rows);
      for (int d = 0; d < dimension; d++) {
        look(rows, d);
      }
      Matrix y = outputs(n);
      tape.forward(pass.kernels(), pass.weights(), seen.top(n), y);
      float[] out = y.data();
      float[] h = squashed.data();
      for (int at = 0; at < n * dimension; at++) {
        h[at] = out[2 * at];
      }
      Squash.toScales(pass.kernels(), squashed.top(n), scales.top(n), maxLogScale);
      for (int i = 0; i < n; i++) {
        int row = rows.row(i);
        for (int d = 0; d < dimension; d++) {
          int at = i * dimension + d;
          rows.data()[row + column(d)] = Math.fma(input(at), scale(at), out[2 * at + 1]);
        }
      }
    }

    /** Replaces each row w by u: every feature in one sweep over all rows. */
    void solve(FlowPass pass, Matrix rows) {
      int n = prepare(pass, rows);
      Matrix x = seen.top(whole(n));
      Matrix y = outputs(whole(n));
      float[] out = y.data();
      for (int d = 0; d < dimension; d++) {
        tape.forward(pass.kernels(), pass.weights(), x, d, y);
        Matrix h = columnSquashed.top(n);
        for (int i = 0; i < n; i++) {
          h.data()[i] = out[2 * (i * dimension + d)];
        }
        Squash.toScales(pass.kernels(), h, columnScales.top(n), maxLogScale);
        for (int i = 0; i < n; i++) {
          int at = i * dimension + d;
          float scale = columnScales.data()[i];
          squashed.data()[at] = h.data()[i];
          scales.data()[at] = scale;
          int to = rows.row(i) + column(d);
          rows.data()[to] = (rows.data()[to] - out[2 * at + 1]) / scale;
        }
        look(rows, d);
      }
    }

    /** Rows of views that are made for one feature each: of these numbers there are few. */
    private int whole(int rows) {
      return RowBlocks.count(rows) * RowBlocks.ROWS;
    }

    /** Of the rows of the last pass only these go backwards. */
    void keep(KeptRows kept) {
      tape.keep(kept);
      inputs.keep(kept);
      seen.keep(kept);
      squashed.keep(kept);
      scales.keep(kept);
    }

    /** {@code u_j}. */
    float input(int at) {
      return inputs.data()[at];
    }

    /** Whether the network saw {@code u_j} as it is. */
    boolean isSeen(int at) {
      return Math.abs(input(at)) <= reach;
    }

    /** {@code exp(s_j)}. */
    float scale(int at) {
      return scales.data()[at];
    }

    /** {@code ds/dh}. */
    float slope(int at) {
      float t = squashed.data()[at];
      return 1 - t * t;
    }

    /** {@code Σ_j s_j} of row i. */
    double logScale(int i) {
      double sum = 0;
      for (int at = i * dimension; at < (i + 1) * dimension; at++) {
        sum += maxLogScale * squashed.data()[at];
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
        logScales[at] += sign * maxLogScale * squashed.data()[at];
      }
    }

    /** Of the network, each feature's {@code (h, t)}; a backward pass leaves its gradient there. */
    Matrix outputs(int rows) {
      return outputs.top(rows);
    }

    /** Where a backward pass gathers the gradient by u, but for the last feature (n × (D − 1)). */
    Matrix inputGradients(int rows) {
      return inputGradients.top(rows);
    }

    /** Adds what the outputs' gradients say of weights, table and inputs. */
    void backward(FlowPass pass, int n, LayerGradient gradient) {
      Matrix dx = inputGradients(n);
      Matrix d1 =
          tape.backward(
              pass.kernels(), pass.weights(), seen.top(n), outputs(n), dx, gradient.theta());
      pass.kernels().addRows(d1, pass.chart(), gradient.table());
    }

    /** Adds what those of the d-th feature say of the inputs before it; the last comes first. */
    void backward(FlowPass pass, int n, int d) {
      Matrix dy = outputs(whole(n));
      tape.backward(pass.kernels(), pass.weights(), d, dy, inputGradients(whole(n)));
    }

    /** Adds what all of them said of weights and table. */
    void gather(FlowPass pass, int n, LayerGradient gradient) {
      Matrix d1 = tape.gather(pass.kernels(), seen.top(n), outputs(n), gradient.theta());
      pass.kernels().addRows(d1, pass.chart(), gradient.table());
    }

    private int prepare(FlowPass pass, Matrix rows) {
      pass.requireRows(rows, dimension);
      int n = rows.rows();
      int room = whole(n);
      inputs.top(room);
      seen.top(room);
      inputGradients.top(room);
      outputs.top(room);
      squashed.top(room);
      scales.top(room);
      tape.hidden1(room);
      pass.kernels().copyRows(pass.table(), pass.chart(), tape.hidden1(n));
      return n;
    }

    private void look(Matrix rows, int d) {
      float[] all = inputs.data();
      float[] near = seen.data();
      for (int i = 0; i < rows.rows(); i++) {
        float value = rows.data()[rows.row(i) + column(d)];
        all[i * dimension + d] = value;
        if (d < dimension - 1) {
          near[i * (dimension - 1) + d] = Math.max(-reach, Math.min(reach, value));
        }
      }
    }
  }
}
