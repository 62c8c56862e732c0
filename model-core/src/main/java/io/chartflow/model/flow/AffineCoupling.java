package io.chartflow.model.flow;

import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.nn.Mlp;
import io.chartflow.model.nn.MlpTape;
import io.chartflow.model.nn.ParameterLayout;
import io.chartflow.model.nn.ParameterLayout.Slice;
import io.chartflow.model.nn.Weights;
import io.chartflow.model.random.SplitMix;

/**
 * A RealNVP coupling conditioned on the chart: the first {@code kept} features pass, the others
 * become {@code y = x·exp(s) + t}, {@code log|det J| = Σ s}, with {@code (h, t) = net(kept, v_k)}
 * and {@code s = S·tanh(h/S)} bounded by {@code S}.
 *
 * <p>The first layer's product with {@code v_k} is the same for all rows of a chart and comes from
 * the table. The last layer starts at zero: the coupling starts as the identity.
 *
 * <p>Source: Dinh, Sohl-Dickstein, Bengio 2017, equations 7 and 8; conditioning as c-Glow, Lu and
 * Huang 2020.
 */
final class AffineCoupling implements FlowLayer {

  private final int kept;
  private final int moved;
  private final double maxLogScale;
  private final Mlp net;
  private final Slice codeWeights;

  AffineCoupling(
      ParameterLayout layout, int dimension, int kept, int codeDimension, int width, double bound) {
    this.kept = kept;
    this.moved = dimension - kept;
    this.maxLogScale = bound;
    this.net = new Mlp(layout, kept, width, 2 * moved);
    this.codeWeights = layout.matrix(codeDimension, width);
  }

  @Override
  public int tableColumns() {
    return net.width();
  }

  @Override
  public void initialise(float[] theta, SplitMix random) {
    int fanIn = kept + codeWeights.rows();
    net.initialise(theta, random, fanIn, true);
    Mlp.draw(theta, codeWeights, fanIn, random);
  }

  @Override
  public void fillTable(Kernels kernels, float[] theta, ChartSet charts, Matrix table) {
    int bias = net.firstBias().offset();
    for (int k = 0; k < charts.count(); k++) {
      System.arraycopy(theta, bias, table.data(), table.row(k), net.width());
    }
    kernels.multiplyAdd(charts.codes(), codeWeights.in(theta), table);
  }

  @Override
  public void tableBackward(
      Kernels kernels, Weights weights, ChartSet charts, Matrix tableGradient, float[] gradient) {
    int bias = net.firstBias().offset();
    for (int k = 0; k < charts.count(); k++) {
      for (int j = 0; j < net.width(); j++) {
        gradient[bias + j] += tableGradient.get(k, j);
      }
    }
    kernels.multiplyTransposedAdd(charts.codes(), tableGradient, codeWeights.in(gradient));
  }

  @Override
  public Run run() {
    return new CouplingRun();
  }

  private final class CouplingRun implements Run {

    private final MlpTape tape = new MlpTape(net.width());
    private int capacity;
    private float[] keptInputs = new float[0];
    private float[] movedInputs = new float[0];
    private float[] outputs = new float[0];
    private float[] squashed = new float[0];
    private float[] scales = new float[0];

    @Override
    public void forward(FlowPass pass, Matrix rows, double[] logDet) {
      Matrix out = scaleAndShift(pass, rows);
      for (int i = 0; i < rows.rows(); i++) {
        int at = rows.row(i) + kept;
        int o = out.row(i);
        double sum = 0;
        for (int j = 0; j < moved; j++) {
          float x = rows.data()[at + j];
          movedInputs[i * moved + j] = x;
          rows.data()[at + j] = Math.fma(x, scales[i * moved + j], outputs[o + moved + j]);
          sum += maxLogScale * squashed[i * moved + j];
        }
        logDet[i] += sum;
      }
    }

    @Override
    public void inverse(FlowPass pass, Matrix rows) {
      Matrix out = scaleAndShift(pass, rows);
      for (int i = 0; i < rows.rows(); i++) {
        int at = rows.row(i) + kept;
        int o = out.row(i);
        for (int j = 0; j < moved; j++) {
          float y = rows.data()[at + j];
          rows.data()[at + j] = (y - outputs[o + moved + j]) / scales[i * moved + j];
        }
      }
    }

    @Override
    public void backward(FlowPass pass, Matrix dRows, float[] dLogDet, LayerGradient gradient) {
      int n = dRows.rows();
      Matrix dOut = Matrix.of(outputs, 0, n, 2 * moved); // the outputs are used up
      for (int i = 0; i < n; i++) {
        int at = dRows.row(i) + kept;
        int o = dOut.row(i);
        for (int j = 0; j < moved; j++) {
          int m = i * moved + j;
          float dy = dRows.data()[at + j];
          float dScale = dy * movedInputs[m] * scales[m] + dLogDet[i];
          outputs[o + j] = dScale * (1 - squashed[m] * squashed[m]);
          outputs[o + moved + j] = dy;
          dRows.data()[at + j] = dy * scales[m];
        }
      }
      Matrix d1 = net.backwardTo(pass.kernels(), pass.weights(), tape, dOut, gradient.theta());
      addToTable(d1, pass.chart(), gradient.table());
      if (kept > 0) {
        Slice w = net.firstWeights();
        Matrix x = Matrix.of(keptInputs, 0, n, kept);
        pass.kernels().multiplyTransposedAdd(x, d1, w.in(gradient.theta()));
        Matrix wT = w.transposedIn(pass.weights().transposed());
        pass.kernels().multiplyAdd(d1, wT, dRows.columns(0, kept));
      }
    }

    /** Runs the network and leaves tanh(h/S) in squashed, exp(s) in scales. */
    private Matrix scaleAndShift(FlowPass pass, Matrix rows) {
      int n = rows.rows();
      reserve(n);
      Matrix h1 = tape.hidden1(n);
      Matrix x = Matrix.of(keptInputs, 0, n, kept);
      for (int i = 0; i < n; i++) {
        int from = pass.table().row(pass.chart()[i]);
        System.arraycopy(pass.table().data(), from, h1.data(), h1.row(i), net.width());
        System.arraycopy(rows.data(), rows.row(i), keptInputs, i * kept, kept);
      }
      float[] theta = pass.weights().values();
      if (kept > 0) {
        pass.kernels().multiplyAdd(x, net.firstWeights().in(theta), h1);
      }
      Matrix out = Matrix.of(outputs, 0, n, 2 * moved);
      net.forwardFrom(pass.kernels(), theta, tape, out);
      for (int i = 0; i < n; i++) {
        int o = out.row(i);
        for (int j = 0; j < moved; j++) {
          // tanh(u) = 1 − 2/(exp(2u) + 1): exact at both ends, and exp is an intrinsic
          double e = Math.exp(2 * outputs[o + j] / maxLogScale);
          double t = 1 - 2 / (e + 1);
          squashed[i * moved + j] = (float) t;
          scales[i * moved + j] = (float) Math.exp(maxLogScale * (float) t);
        }
      }
      return out;
    }

    private void reserve(int rows) {
      if (rows > capacity) {
        capacity = rows + rows / 4;
        keptInputs = new float[capacity * kept];
        movedInputs = new float[capacity * moved];
        outputs = new float[capacity * 2 * moved];
        squashed = new float[capacity * moved];
        scales = new float[capacity * moved];
      }
    }
  }

  private static void addToTable(Matrix gradient, int[] chart, Matrix table) {
    for (int i = 0; i < gradient.rows(); i++) {
      int from = gradient.row(i);
      int to = table.row(chart[i]);
      for (int j = 0; j < gradient.cols(); j++) {
        table.data()[to + j] += gradient.data()[from + j];
      }
    }
  }
}
