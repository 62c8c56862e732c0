package io.chartflow.model.flow;

import io.chartflow.model.linalg.KeptRows;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.linalg.Rows;
import io.chartflow.model.nn.ParameterLayout;
import io.chartflow.model.nn.ParameterLayout.Slice;
import io.chartflow.model.nn.Views;
import io.chartflow.model.nn.Weights;
import io.chartflow.model.random.SplitMix;

/**
 * A linear map, the same for all charts: {@code y = L·U·x}, L lower triangular with ones on its
 * diagonal, U upper triangular with {@code exp(S·tanh(h_j/S))} on its own; {@code log|det J| = Σ
 * S·tanh(h_j/S)}, bounded by {@code D·S}. One (D × D) matrix of weights holds L below, U above and
 * h on the diagonal; zero is the identity, and it starts there.
 *
 * <p>The inverse is by substitution, exact to float accuracy times the condition of L and U.
 *
 * <p>Source: Kingma and Dhariwal 2018, equations 10 and 11; Oliva et al. 2018. Differs from them in
 * that the permutation P is a layer of its own ({@link Permutation}) and the diagonal is positive
 * and bounded. Not conditioned on the chart: a matrix a chart would take D² floats of the table and
 * a matrix product a row; for maps that differ by chart there is {@link Rotation}.
 */
final class LuLinear implements FlowLayer {

  private final int dimension;
  private final double maxLogScale;
  private final Slice matrix;

  LuLinear(ParameterLayout layout, int dimension, double maxLogScale) {
    this.dimension = dimension;
    this.maxLogScale = maxLogScale;
    this.matrix = layout.matrix(dimension, dimension);
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
    return new LuRun();
  }

  private final class LuRun implements Run {

    private final Matrix lower = Matrix.zeros(dimension, dimension);
    private final Matrix upper = Matrix.zeros(dimension, dimension);
    private final Matrix transposed = Matrix.zeros(dimension, dimension);
    private final Matrix gradientSum = Matrix.zeros(dimension, dimension);
    private final double[] squashed = new double[dimension];
    private final Rows inputs = new Rows(dimension);
    private final Rows between = new Rows(dimension);
    private final Rows gradients = new Rows(dimension);

    @Override
    public void forward(FlowPass pass, Matrix rows, double[] logDet) {
      pass.requireRows(rows, dimension);
      int n = rows.rows();
      double sum = unpack(pass.weights().values());
      Matrix x = copy(rows);
      Matrix z = between.top(n);
      z.fill(0);
      pass.kernels().transpose(upper, transposed);
      pass.kernels().multiplyAdd(x, transposed, z);
      rows.fill(0);
      pass.kernels().transpose(lower, transposed);
      pass.kernels().multiplyAdd(z, transposed, rows);
      for (int i = 0; i < n; i++) {
        logDet[i] += sum;
      }
    }

    @Override
    public void inverse(FlowPass pass, Matrix rows) {
      pass.requireRows(rows, dimension);
      unpack(pass.weights().values());
      float[] data = rows.data();
      for (int i = 0; i < rows.rows(); i++) {
        int at = rows.row(i);
        for (int j = 0; j < dimension; j++) {
          data[at + j] -= (float) dot(lower, j, 0, j, data, at);
        }
        for (int j = dimension - 1; j >= 0; j--) {
          double rest = data[at + j] - dot(upper, j, j + 1, dimension, data, at);
          data[at + j] = (float) (rest / upper.get(j, j));
        }
      }
    }

    @Override
    public void keep(KeptRows kept) {
      inputs.keep(kept);
      between.keep(kept);
    }

    @Override
    public void backward(FlowPass pass, Matrix dRows, float[] dLogDet, LayerGradient gradient) {
      pass.requireRows(dRows, dimension);
      int n = dRows.rows();
      Kernels kernels = pass.kernels();
      float[] g = gradient.theta().values();
      gradientSum.fill(0);
      kernels.multiplyTransposedAdd(dRows, between.top(n), gradientSum);
      for (int j = 0; j < dimension; j++) {
        for (int c = 0; c < j; c++) {
          g[at(j, c)] += gradientSum.get(j, c);
        }
      }
      Matrix dz = gradients.top(n);
      dz.fill(0);
      kernels.multiplyAdd(dRows, lower, dz);
      gradientSum.fill(0);
      kernels.multiplyTransposedAdd(dz, inputs.top(n), gradientSum);
      double dSum = 0;
      for (int i = 0; i < n; i++) {
        dSum += dLogDet[i];
      }
      for (int j = 0; j < dimension; j++) {
        double dScale = gradientSum.get(j, j) * upper.get(j, j) + dSum;
        g[at(j, j)] += (float) (dScale * (1 - squashed[j] * squashed[j]));
        for (int c = j + 1; c < dimension; c++) {
          g[at(j, c)] += gradientSum.get(j, c);
        }
      }
      dRows.fill(0);
      kernels.multiplyAdd(dz, upper, dRows);
    }

    /** Fills L and U, leaves tanh(h/S); returns the log-determinant. */
    private double unpack(float[] theta) {
      double sum = 0;
      for (int j = 0; j < dimension; j++) {
        for (int c = 0; c < dimension; c++) {
          (c < j ? lower : upper).set(j, c, theta[at(j, c)]);
        }
        squashed[j] = Math.tanh(theta[at(j, j)] / maxLogScale);
        double logScale = maxLogScale * squashed[j];
        lower.set(j, j, 1);
        upper.set(j, j, (float) Math.exp(logScale));
        sum += logScale;
      }
      return sum;
    }

    private int at(int row, int column) {
      return matrix.offset() + row * dimension + column;
    }

    private double dot(Matrix m, int row, int from, int to, float[] data, int at) {
      double sum = 0;
      for (int c = from; c < to; c++) {
        sum += (double) m.get(row, c) * data[at + c];
      }
      return sum;
    }

    private Matrix copy(Matrix rows) {
      Matrix to = inputs.top(rows.rows());
      for (int i = 0; i < rows.rows(); i++) {
        System.arraycopy(rows.data(), rows.row(i), to.data(), to.row(i), dimension);
      }
      return to;
    }
  }
}
