package io.chartflow.model.flow;

import io.chartflow.model.linalg.KeptRows;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.nn.ParameterLayout;
import io.chartflow.model.nn.Views;
import io.chartflow.model.nn.Weights;
import io.chartflow.model.random.SplitMix;

/**
 * A masked autoregressive layer conditioned on the chart: {@code y_j = x_j·exp(s_j) + t_j}, {@code
 * log|det J| = Σ s_j}, scales and shifts by {@code (x_{<j}, v_k)} as {@link MaskedAffine} says.
 *
 * <p>From data to base one pass of the network; the inverse goes feature by feature. A value far
 * outside grows by up to {@code exp(S)} a feature on the way back; from base to data nothing that
 * far out is drawn.
 *
 * <p>Source: Papamakarios, Pavlakou, Murray 2017, equations 3 to 5, with shift and scale as in the
 * inverse autoregressive direction of Kingma et al. 2016, so that both directions divide or
 * multiply by a bounded scale.
 */
final class Autoregressive implements FlowLayer {

  private final int dimension;
  private final MaskedAffine map;

  /** In natural order feature 0 is the first; else the last feature is. */
  Autoregressive(
      ParameterLayout layout,
      int dimension,
      boolean natural,
      int codeDimension,
      int width,
      double maxLogScale) {
    float all = Float.POSITIVE_INFINITY;
    this.dimension = dimension;
    this.map = new MaskedAffine(layout, dimension, natural, codeDimension, width, maxLogScale, all);
  }

  @Override
  public int tableColumns() {
    return map.tableColumns();
  }

  @Override
  public void initialise(float[] theta, SplitMix random) {
    map.initialise(theta, random);
  }

  @Override
  public void fillTable(Kernels kernels, Weights weights, ChartSet charts, Matrix table) {
    map.fillTable(kernels, weights, charts, table);
  }

  @Override
  public void tableBackward(
      Kernels kernels, Weights weights, ChartSet charts, Matrix tableGradient, Views gradient) {
    map.tableBackward(kernels, charts, tableGradient, gradient);
  }

  @Override
  public Run run() {
    return new AutoregressiveRun();
  }

  private final class AutoregressiveRun implements Run {

    private final MaskedAffine.Run mapRun = map.run();

    @Override
    public void forward(FlowPass pass, Matrix rows, double[] logDet) {
      mapRun.apply(pass, rows);
      for (int i = 0; i < rows.rows(); i++) {
        logDet[i] += mapRun.logScale(i);
      }
    }

    @Override
    public void inverse(FlowPass pass, Matrix rows) {
      mapRun.solve(pass, rows);
    }

    @Override
    public void addLogScales(FlowPass pass, int rows, double[] logScales) {
      mapRun.addLogScales(rows, 1, logScales);
    }

    @Override
    public void keep(KeptRows kept) {
      mapRun.keep(kept);
    }

    @Override
    public void backward(FlowPass pass, Matrix dRows, float[] dLogDet, LayerGradient gradient) {
      pass.requireRows(dRows, dimension);
      int n = dRows.rows();
      float[] dOut = mapRun.outputs(n).data(); // which are used up
      Matrix dx = mapRun.inputGradients(n);
      for (int i = 0; i < n; i++) {
        int row = dRows.row(i);
        for (int d = 0; d < dimension; d++) {
          int at = i * dimension + d;
          float dy = dRows.data()[row + map.column(d)];
          float dScale = dy * mapRun.input(at) * mapRun.scale(at) + dLogDet[i];
          dOut[2 * at] = dScale * mapRun.slope(at);
          dOut[2 * at + 1] = dy;
          dRows.data()[row + map.column(d)] = dy * mapRun.scale(at);
        }
      }
      dx.fill(0);
      mapRun.backward(pass, n, gradient);
      for (int i = 0; i < n; i++) {
        for (int d = 0; d < dimension - 1; d++) {
          dRows.data()[dRows.row(i) + map.column(d)] += dx.get(i, d);
        }
      }
    }
  }
}
