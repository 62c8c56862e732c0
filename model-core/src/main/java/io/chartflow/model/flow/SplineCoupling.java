package io.chartflow.model.flow;

import io.chartflow.model.linalg.KeptRows;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.linalg.RowBlocks;
import io.chartflow.model.linalg.Rows;
import io.chartflow.model.linalg.SplineCells;
import io.chartflow.model.nn.ParameterLayout;
import io.chartflow.model.nn.Views;
import io.chartflow.model.nn.Weights;
import io.chartflow.model.random.SplitMix;

/**
 * A coupling by splines, conditioned on the chart: the first {@code kept} features pass, each other
 * feature becomes {@code y = r(x·exp(s) + t)}, r a rational-quadratic spline of its own; {@code
 * log|det J| = Σ (s + log r')}. For each of them {@code net(kept, v_k)} gives the {@code 3K − 1}
 * parameters of r, then h and t, {@code s = S·tanh(h/S)} bounded by {@code S}. The coupling starts
 * as the identity.
 *
 * <p>r bends what lies within its bound and passes what lies beyond. The affine map brings a
 * feature's conditional distribution to a standard one, so that a bound of 4 leaves out one value
 * in 16,000 of a Gaussian, and eight bins are one σ wide each: a good default.
 *
 * <p>Source: Durkan, Bekasov, Murray, Papamakarios 2019, section 3 and equations 4 to 8;
 * conditioning as {@link AffineCoupling}. Differs from the source: there, nothing comes before r,
 * and the kept features too go through splines, which depend on nothing; here they pass. The paper
 * of charts has no splines.
 */
final class SplineCoupling implements FlowLayer {

  private final int kept;
  private final int moved;
  private final double maxLogScale;
  private final SplineShape shape;
  private final int each;
  private final CouplingNet net;

  SplineCoupling(
      ParameterLayout layout,
      int dimension,
      int kept,
      int codeDimension,
      int charts,
      int width,
      double maxLogScale,
      SplineShape shape) {
    this.kept = kept;
    this.moved = dimension - kept;
    this.maxLogScale = maxLogScale;
    this.shape = shape;
    this.each = shape.parameters() + 2;
    this.net = new CouplingNet(layout, kept, codeDimension, charts, width, moved * each);
  }

  @Override
  public int tableColumns() {
    return net.tableColumns();
  }

  @Override
  public int gradientColumns() {
    return net.gradientColumns();
  }

  @Override
  public void initialise(float[] theta, SplitMix random) {
    net.initialise(theta, random);
  }

  @Override
  public void fillTable(Kernels kernels, Weights weights, ChartSet charts, Matrix table) {
    net.fillTable(kernels, weights, charts, table);
  }

  @Override
  public void tableBackward(
      Kernels kernels, Weights weights, ChartSet charts, Matrix tableGradient, Views gradient) {
    net.tableBackward(kernels, charts, tableGradient, gradient);
  }

  @Override
  public Run run() {
    return new SplineRun();
  }

  private final class SplineRun implements Run {

    private final CouplingNet.Run netRun = net.run();
    private final SplineCells cells = new SplineCells(shape.bins(), shape.bound(), each);
    private final Rows movedInputs = new Rows(1);
    private final Rows squashed = new Rows(1);
    private final Rows scales = new Rows(1);
    private final Rows shifts = new Rows(1);

    @Override
    public void forward(FlowPass pass, Matrix rows, double[] logDet) {
      pass.requireRows(rows, kept + moved);
      prepare(pass, rows);
      float[] x = movedInputs.data();
      float[] scale = scales.data();
      float[] shift = shifts.data();
      float[] between = cells.values();
      RowBlocks.gather(rows, kept, moved, x);
      for (int m = 0; m < cells.size(); m++) {
        between[m] = Math.fma(x[m], scale[m], shift[m]);
      }
      cells.forward(pass.kernels());
      RowBlocks.scatter(cells.results(), rows, kept, moved);
      float[] bounded = squashed.data();
      float[] logSlopes = cells.logSlopes();
      for (int i = 0; i < rows.rows(); i++) {
        double sum = 0;
        for (int j = 0; j < moved; j++) {
          int m = RowBlocks.at(i, j, moved);
          sum += maxLogScale * bounded[m] + logSlopes[m];
        }
        logDet[i] += sum;
      }
    }

    @Override
    public void inverse(FlowPass pass, Matrix rows) {
      pass.requireRows(rows, kept + moved);
      prepare(pass, rows);
      RowBlocks.gather(rows, kept, moved, cells.values());
      cells.inverse(pass.kernels());
      float[] scale = scales.data();
      float[] shift = shifts.data();
      float[] between = cells.results();
      for (int m = 0; m < cells.size(); m++) {
        between[m] = (between[m] - shift[m]) / scale[m];
      }
      RowBlocks.scatter(between, rows, kept, moved);
    }

    @Override
    public void keep(KeptRows rows) {
      netRun.keep(rows);
      cells.keep(rows);
      rows.inBlocks(movedInputs.data(), moved);
      rows.inBlocks(squashed.data(), moved);
      rows.inBlocks(scales.data(), moved);
    }

    @Override
    public void backward(FlowPass pass, Matrix dRows, float[] dLogDet, LayerGradient gradient) {
      pass.requireRows(dRows, kept + moved);
      int n = dRows.rows();
      float[] d = cells.byResults();
      float[] dLog = cells.byLogSlopes();
      RowBlocks.gather(dRows, kept, moved, d);
      System.arraycopy(dLogDet, 0, dLog, 0, n);
      java.util.Arrays.fill(dLog, n, RowBlocks.count(n) * RowBlocks.ROWS, 0f);
      cells.backward(pass.kernels());
      float[] p = cells.parameters();
      float[] x = movedInputs.data();
      float[] scale = scales.data();
      float[] bounded = squashed.data();
      for (int c = 0; c < cells.count(); c++) {
        int row = c / moved * RowBlocks.ROWS;
        int h = (c * each + shape.parameters()) * RowBlocks.ROWS;
        for (int lane = 0; lane < RowBlocks.ROWS; lane++) {
          int m = c * RowBlocks.ROWS + lane;
          float dScale = d[m] * x[m] * scale[m] + dLog[row + lane];
          p[h + lane] = dScale * (1 - bounded[m] * bounded[m]);
          p[h + lane + RowBlocks.ROWS] = d[m];
          d[m] *= scale[m];
        }
      }
      RowBlocks.scatter(d, dRows, kept, moved);
      Matrix dOut = netRun.outputs(n);
      RowBlocks.scatter(p, dOut, 0, dOut.cols());
      netRun.backward(pass, dOut, dRows, gradient);
    }

    /** Splines prepared, tanh(h/S) in squashed, exp(s) in scales, t in shifts. */
    private void prepare(FlowPass pass, Matrix rows) {
      Matrix out = netRun.forward(pass, rows);
      cells.reserve(RowBlocks.count(rows.rows()), moved);
      int size = cells.size();
      movedInputs.top(size);
      Matrix h = squashed.top(size);
      float[] t = shifts.top(size).data();
      float[] p = cells.parameters();
      RowBlocks.gather(out, 0, out.cols(), p);
      for (int c = 0; c < cells.count(); c++) {
        int at = (c * each + shape.parameters()) * RowBlocks.ROWS;
        int to = c * RowBlocks.ROWS;
        System.arraycopy(p, at, h.data(), to, RowBlocks.ROWS);
        System.arraycopy(p, at + RowBlocks.ROWS, t, to, RowBlocks.ROWS);
      }
      Squash.toScales(pass.kernels(), h, scales.top(size), maxLogScale);
      cells.prepare(pass.kernels());
    }
  }
}
