package io.chartflow.model.flow;

import io.chartflow.model.linalg.KeptRows;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.linalg.Rows;
import io.chartflow.model.nn.ParameterLayout;
import io.chartflow.model.nn.Views;
import io.chartflow.model.nn.Weights;
import io.chartflow.model.random.SplitMix;
import java.util.Optional;

/**
 * The first layer: an affine map per chart, {@code y = (x − a_k)·exp(−s_k)}, {@code log|det J| = −Σ
 * s_k}, with {@code a_k = mean_k + Δa(v_k)} and {@code s_k = ½ log var_k + S·tanh(Δs(v_k)/S)}.
 *
 * <p>Mean and variance are running statistics of the chart's members, so that each chart starts
 * centred; the network on {@code v_k} learns the correction. Standardised units. Differs from the
 * paper, which has no such layer.
 */
final class ChartAffine implements FlowLayer {

  private final int dimension;
  private final double maxLogScale;
  private final CodeNet correction;
  private final ThreadLocal<Memory> memory;

  ChartAffine(ParameterLayout layout, int dimension, int codeDimension, double maxLogScale) {
    this.dimension = dimension;
    this.maxLogScale = maxLogScale;
    this.correction = new CodeNet(layout, codeDimension, 2 * dimension);
    this.memory = ThreadLocal.withInitial(() -> new Memory(dimension));
  }

  @Override
  public int tableColumns() {
    return 3 * dimension; // a, s, exp(−s)
  }

  @Override
  public void initialise(float[] theta, SplitMix random) {
    correction.initialise(theta, random);
  }

  @Override
  public void fillTable(Kernels kernels, Weights weights, ChartSet charts, Matrix table) {
    Matrix delta = correction.forward(kernels, weights, charts);
    Matrix squashed = squash(kernels, delta);
    Matrix scales = memory.get().scales.top(charts.count());
    for (int k = 0; k < charts.count(); k++) {
      for (int j = 0; j < dimension; j++) {
        int at = k * dimension + j;
        float s = (float) (charts.logSpread(k, j) + maxLogScale * squashed.data()[at]);
        scales.data()[at] = -s;
        table.set(k, j, charts.means().get(k, j) + delta.get(k, j));
        table.set(k, dimension + j, s);
      }
    }
    kernels.expInPlace(scales);
    for (int k = 0; k < charts.count(); k++) {
      int to = table.row(k) + 2 * dimension;
      Matrix.copy(scales.data(), k * dimension, table.data(), to, dimension);
    }
  }

  /** {@code tanh(Δs/S)} of all charts. */
  private Matrix squash(Kernels kernels, Matrix delta) {
    Matrix h = memory.get().squashed.top(delta.rows());
    float inverse = (float) (1 / maxLogScale);
    for (int k = 0; k < delta.rows(); k++) {
      for (int j = 0; j < dimension; j++) {
        h.data()[k * dimension + j] = inverse * delta.get(k, dimension + j);
      }
    }
    kernels.tanhInPlace(h);
    return h;
  }

  @Override
  public void tableBackward(
      Kernels kernels, Weights weights, ChartSet charts, Matrix tableGradient, Views gradient) {
    Matrix delta = correction.outputs(weights, charts);
    Matrix squashed = memory.get().squashed.top(charts.count()); // as it was left
    for (int k = 0; k < charts.count(); k++) {
      for (int j = 0; j < dimension; j++) {
        float t = squashed.data()[k * dimension + j];
        delta.set(k, j, tableGradient.get(k, j));
        delta.set(k, dimension + j, (float) (tableGradient.get(k, dimension + j) * (1 - t * t)));
      }
    }
    correction.backward(kernels, weights, charts, delta, gradient);
  }

  /** Working memory of one thread. */
  private static final class Memory {

    private final Rows squashed;
    private final Rows scales;

    Memory(int dimension) {
      this.squashed = new Rows(dimension);
      this.scales = new Rows(dimension);
    }
  }

  @Override
  public Run run() {
    return new AffineRun();
  }

  @Override
  public Optional<BlockLayer> blocks() {
    return Optional.of(new AffineBlocks());
  }

  private final class AffineBlocks implements BlockLayer {

    @Override
    public void forward(FlowPass pass, FlowBlocks blocks) {
      int r = blocks.rows();
      float[] table = pass.table().data();
      float[] x = blocks.values();
      int[] chart = blocks.chart();
      double[] logDet = blocks.logDet();
      for (int b = 0; b < blocks.count(); b++) {
        for (int i = 0; i < r; i++) {
          int at = blocks.at(b) + i;
          int k = pass.table().row(chart[b * r + i]);
          double sum = 0;
          for (int j = 0; j < dimension; j++) {
            x[at + j * r] = (x[at + j * r] - table[k + j]) * table[k + 2 * dimension + j];
            sum += table[k + dimension + j];
          }
          logDet[b * r + i] -= sum;
        }
      }
    }

    @Override
    public void inverse(FlowPass pass, FlowBlocks blocks) {
      int r = blocks.rows();
      float[] table = pass.table().data();
      float[] x = blocks.values();
      for (int i = 0; i < blocks.count() * r; i++) {
        int at = blocks.at(i / r) + i % r;
        int k = pass.table().row(blocks.chart()[i]);
        for (int j = 0; j < dimension; j++) {
          x[at + j * r] = x[at + j * r] / table[k + 2 * dimension + j] + table[k + j];
        }
      }
    }
  }

  private final class AffineRun implements Run {

    private final Rows outputs = new Rows(dimension);

    @Override
    public void forward(FlowPass pass, Matrix rows, double[] logDet) {
      pass.requireRows(rows, dimension);
      float[] kept = outputs.top(rows.rows()).data();
      for (int i = 0; i < rows.rows(); i++) {
        int at = rows.row(i);
        int k = pass.table().row(pass.chart()[i]);
        float[] table = pass.table().data();
        double sum = 0;
        for (int j = 0; j < dimension; j++) {
          float y = (rows.data()[at + j] - table[k + j]) * table[k + 2 * dimension + j];
          rows.data()[at + j] = y;
          kept[i * dimension + j] = y;
          sum += table[k + dimension + j];
        }
        logDet[i] -= sum;
      }
    }

    @Override
    public void inverse(FlowPass pass, Matrix rows) {
      pass.requireRows(rows, dimension);
      for (int i = 0; i < rows.rows(); i++) {
        int at = rows.row(i);
        int k = pass.table().row(pass.chart()[i]);
        float[] table = pass.table().data();
        for (int j = 0; j < dimension; j++) {
          rows.data()[at + j] = rows.data()[at + j] / table[k + 2 * dimension + j] + table[k + j];
        }
      }
    }

    @Override
    public void addLogScales(FlowPass pass, int rows, double[] logScales) {
      for (int i = 0; i < rows; i++) {
        int k = pass.table().row(pass.chart()[i]);
        for (int j = 0; j < dimension; j++) {
          logScales[i * dimension + j] -= pass.table().data()[k + dimension + j];
        }
      }
    }

    @Override
    public void keep(KeptRows kept) {
      outputs.keep(kept);
    }

    @Override
    public void backward(FlowPass pass, Matrix dRows, float[] dLogDet, LayerGradient gradient) {
      pass.requireRows(dRows, dimension);
      float[] dTable = gradient.table().data();
      float[] kept = outputs.data();
      for (int i = 0; i < dRows.rows(); i++) {
        int at = dRows.row(i);
        int k = pass.table().row(pass.chart()[i]);
        int dk = gradient.table().row(pass.chart()[i]);
        for (int j = 0; j < dimension; j++) {
          float dy = dRows.data()[at + j];
          float dx = dy * pass.table().data()[k + 2 * dimension + j];
          dTable[dk + j] -= dx;
          dTable[dk + dimension + j] -= dy * kept[i * dimension + j] + dLogDet[i];
          dRows.data()[at + j] = dx;
        }
      }
    }
  }
}
