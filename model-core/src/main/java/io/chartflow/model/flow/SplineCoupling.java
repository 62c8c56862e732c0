package io.chartflow.model.flow;

import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.nn.ParameterLayout;
import io.chartflow.model.nn.Weights;
import io.chartflow.model.random.SplitMix;

/**
 * A coupling by splines, conditioned on the chart: the first {@code kept} features pass, each other
 * feature goes through a {@link RationalQuadratic} of its own, whose {@code 3K − 1} parameters are
 * {@code net(kept, v_k)}; {@code log|det J| = Σ log y'}. The coupling starts as the identity.
 *
 * <p>{@code bound} is in units of a chart's standard deviation, since the chart affine comes first.
 * Beyond it a feature passes unchanged. With a bound of 4, one value in 16,000 of a Gaussian lies
 * outside, and eight bins are one σ wide each: a good default.
 *
 * <p>Source: Durkan, Bekasov, Murray, Papamakarios 2019, section 3 and equations 4 to 8;
 * conditioning as {@link AffineCoupling}. Differs from the source: its couplings also transform the
 * kept features, by splines that depend on nothing; here they pass. The paper of charts has no
 * splines.
 */
final class SplineCoupling implements FlowLayer {

  private final int kept;
  private final int moved;
  private final int bins;
  private final double bound;
  private final CouplingNet net;

  SplineCoupling(
      ParameterLayout layout,
      int dimension,
      int kept,
      int codeDimension,
      int width,
      int bins,
      double bound) {
    this.kept = kept;
    this.moved = dimension - kept;
    this.bins = bins;
    this.bound = bound;
    int outputs = moved * new RationalQuadratic(bins, bound).parameters();
    this.net = new CouplingNet(layout, kept, codeDimension, width, outputs);
  }

  @Override
  public int tableColumns() {
    return net.tableColumns();
  }

  @Override
  public void initialise(float[] theta, SplitMix random) {
    net.initialise(theta, random);
  }

  @Override
  public void fillTable(Kernels kernels, float[] theta, ChartSet charts, Matrix table) {
    net.fillTable(kernels, theta, charts, table);
  }

  @Override
  public void tableBackward(
      Kernels kernels, Weights weights, ChartSet charts, Matrix tableGradient, float[] gradient) {
    net.tableBackward(kernels, charts, tableGradient, gradient);
  }

  @Override
  public Run run() {
    return new SplineRun();
  }

  private final class SplineRun implements Run {

    private final CouplingNet.Run netRun = net.run();
    private final RationalQuadratic spline = new RationalQuadratic(bins, bound);
    private final int parameters = spline.parameters();
    private float[] movedInputs = new float[0];

    @Override
    public void forward(FlowPass pass, Matrix rows, double[] logDet) {
      if (movedInputs.length < rows.rows() * moved) {
        movedInputs = new float[(rows.rows() + rows.rows() / 4) * moved];
      }
      Matrix out = netRun.forward(pass, rows);
      for (int i = 0; i < rows.rows(); i++) {
        int at = rows.row(i) + kept;
        double sum = 0;
        for (int j = 0; j < moved; j++) {
          int p = out.row(i) + j * parameters;
          float x = rows.data()[at + j];
          movedInputs[i * moved + j] = x;
          spline.prepare(out.data(), p);
          rows.data()[at + j] = (float) spline.forward(out.data(), p, x);
          sum += spline.logSlope();
        }
        logDet[i] += sum;
      }
    }

    @Override
    public void inverse(FlowPass pass, Matrix rows) {
      Matrix out = netRun.forward(pass, rows);
      for (int i = 0; i < rows.rows(); i++) {
        int at = rows.row(i) + kept;
        for (int j = 0; j < moved; j++) {
          int p = out.row(i) + j * parameters;
          spline.prepare(out.data(), p);
          rows.data()[at + j] = (float) spline.inverse(out.data(), p, rows.data()[at + j]);
        }
      }
    }

    @Override
    public void backward(FlowPass pass, Matrix dRows, float[] dLogDet, LayerGradient gradient) {
      int n = dRows.rows();
      Matrix dOut = netRun.outputs(n); // the parameters are used up
      for (int i = 0; i < n; i++) {
        int at = dRows.row(i) + kept;
        for (int j = 0; j < moved; j++) {
          int p = dOut.row(i) + j * parameters;
          float x = movedInputs[i * moved + j];
          double dy = dRows.data()[at + j];
          dRows.data()[at + j] = (float) spline.backward(dOut.data(), p, x, dy, dLogDet[i]);
        }
      }
      netRun.backward(pass, dOut, dRows, gradient);
    }
  }
}
