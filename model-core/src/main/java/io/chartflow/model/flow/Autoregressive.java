package io.chartflow.model.flow;

import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.nn.MaskedMlp;
import io.chartflow.model.nn.ParameterLayout;
import io.chartflow.model.nn.Weights;
import io.chartflow.model.random.SplitMix;

/**
 * A masked autoregressive layer conditioned on the chart: {@code y_j = x_j·exp(s_j) + t_j}, {@code
 * log|det J| = Σ s_j}, with {@code (h_j, t_j) = net(x_{<j}, v_k)} and {@code s = S·tanh(h/S)}
 * bounded by {@code S}. The first feature's scale and shift depend on {@code v_k} alone. It starts
 * as the identity.
 *
 * <p>From data to base one pass of a masked network ({@link MaskedMlp}); the inverse goes feature
 * by feature, each with its own block of that network. A value far outside grows by up to {@code
 * exp(S)} a feature on the way back; from base to data nothing that far out is drawn.
 *
 * <p>Source: Papamakarios, Pavlakou, Murray 2017, equations 3 to 5, with shift and scale as in the
 * inverse autoregressive direction of Kingma et al. 2016, so that both directions divide or
 * multiply by a bounded scale.
 */
final class Autoregressive implements FlowLayer {

  private final int dimension;
  private final boolean natural;
  private final double maxLogScale;
  private final MaskedMlp net;
  private final CodeLayer code;

  /** In natural order feature 0 is the first; else the last feature is. */
  Autoregressive(
      ParameterLayout layout,
      int dimension,
      boolean natural,
      int codeDimension,
      int width,
      double maxLogScale) {
    this.dimension = dimension;
    this.natural = natural;
    this.maxLogScale = maxLogScale;
    this.net = new MaskedMlp(layout, dimension, width, 2);
    this.code = new CodeLayer(layout, codeDimension, net.firstBias());
  }

  @Override
  public int tableColumns() {
    return net.width();
  }

  @Override
  public void initialise(float[] theta, SplitMix random) {
    int fanIn = dimension - 1 + code.codeDimension();
    net.initialise(theta, random, fanIn);
    code.initialise(theta, fanIn, random);
  }

  @Override
  public void fillTable(Kernels kernels, Weights weights, ChartSet charts, Matrix table) {
    code.fill(kernels, weights.values(), charts, table);
  }

  @Override
  public void tableBackward(
      Kernels kernels, Weights weights, ChartSet charts, Matrix tableGradient, float[] gradient) {
    code.backward(kernels, charts, tableGradient, gradient);
  }

  @Override
  public Run run() {
    return new AutoregressiveRun();
  }

  /** The column of the feature that comes {@code d}-th. */
  private int column(int d) {
    return natural ? d : dimension - 1 - d;
  }

  private final class AutoregressiveRun implements Run {

    private final MaskedMlp.Tape tape = net.tape();
    private int capacity;
    private float[] inputs = new float[0];
    private float[] inputGradients = new float[0];
    private float[] outputs = new float[0];
    private float[] squashed = new float[0];
    private float[] scales = new float[0];

    @Override
    public void forward(FlowPass pass, Matrix rows, double[] logDet) {
      pass.requireRows(rows, dimension);
      Matrix x = prepare(pass, rows);
      Matrix out = outputs(rows.rows());
      for (int d = 0; d < dimension; d++) {
        readColumn(rows, x, d);
      }
      tape.forward(pass.kernels(), pass.weights().values(), x, out);
      for (int at = 0; at < rows.rows() * dimension; at++) {
        squashed[at] = outputs[2 * at];
      }
      Squash.toScales(pass.kernels(), squashed, scales, rows.rows() * dimension, maxLogScale);
      for (int i = 0; i < rows.rows(); i++) {
        int row = rows.row(i);
        double sum = 0;
        for (int d = 0; d < dimension; d++) {
          int at = i * dimension + d;
          rows.data()[row + column(d)] = Math.fma(inputs[at], scales[at], outputs[2 * at + 1]);
          sum += maxLogScale * squashed[at];
        }
        logDet[i] += sum;
      }
    }

    @Override
    public void inverse(FlowPass pass, Matrix rows) {
      pass.requireRows(rows, dimension);
      Matrix x = prepare(pass, rows);
      Matrix out = outputs(rows.rows());
      for (int d = 0; d < dimension; d++) {
        tape.forward(pass.kernels(), pass.weights().values(), x, d, out);
        for (int i = 0; i < rows.rows(); i++) {
          squashed[i] = outputs[2 * (i * dimension + d)];
        }
        Squash.toScales(pass.kernels(), squashed, scales, rows.rows(), maxLogScale);
        for (int i = 0; i < rows.rows(); i++) {
          float shift = outputs[2 * (i * dimension + d) + 1];
          rows.set(i, column(d), (rows.get(i, column(d)) - shift) / scales[i]);
        }
        readColumn(rows, x, d);
      }
    }

    @Override
    public void addLogScales(FlowPass pass, int rows, double[] logScales) {
      if (!natural) {
        throw new UnsupportedOperationException("the last feature comes first");
      }
      for (int at = 0; at < rows * dimension; at++) {
        logScales[at] += maxLogScale * squashed[at];
      }
    }

    @Override
    public void backward(FlowPass pass, Matrix dRows, float[] dLogDet, LayerGradient gradient) {
      pass.requireRows(dRows, dimension);
      int n = dRows.rows();
      Matrix dOut = outputs(n); // which are used up
      for (int i = 0; i < n; i++) {
        int row = dRows.row(i);
        for (int d = 0; d < dimension; d++) {
          int at = i * dimension + d;
          float dy = dRows.data()[row + column(d)];
          float dScale = dy * inputs[at] * scales[at] + dLogDet[i];
          outputs[2 * at] = dScale * (1 - squashed[at] * squashed[at]);
          outputs[2 * at + 1] = dy;
          inputGradients[at] = dy * scales[at];
        }
      }
      Matrix x = Matrix.of(inputs, 0, n, dimension);
      Matrix dx = Matrix.of(inputGradients, 0, n, dimension);
      Matrix d1 = tape.backward(pass.kernels(), pass.weights(), x, dOut, dx, gradient.theta());
      pass.kernels().addRows(d1, pass.chart(), gradient.table());
      for (int i = 0; i < n; i++) {
        for (int d = 0; d < dimension; d++) {
          dRows.set(i, column(d), dx.get(i, d));
        }
      }
    }

    private Matrix prepare(FlowPass pass, Matrix rows) {
      int n = rows.rows();
      if (n > capacity) {
        capacity = n + n / 4;
        inputs = new float[capacity * dimension];
        inputGradients = new float[capacity * dimension];
        outputs = new float[capacity * 2 * dimension];
        squashed = new float[capacity * dimension];
        scales = new float[capacity * dimension];
      }
      CodeLayer.toRows(pass, tape.hidden1(n));
      return Matrix.of(inputs, 0, n, dimension);
    }

    private void readColumn(Matrix rows, Matrix x, int d) {
      for (int i = 0; i < rows.rows(); i++) {
        x.set(i, d, rows.get(i, column(d)));
      }
    }

    private Matrix outputs(int rows) {
      return Matrix.of(outputs, 0, rows, 2 * dimension);
    }
  }
}
