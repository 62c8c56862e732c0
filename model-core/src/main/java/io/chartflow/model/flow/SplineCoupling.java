package io.chartflow.model.flow;

import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.nn.ParameterLayout;
import io.chartflow.model.nn.Views;
import io.chartflow.model.nn.Weights;
import io.chartflow.model.random.SplitMix;

/**
 * A coupling by splines, conditioned on the chart: the first {@code kept} features pass, each other
 * feature becomes {@code y = r(x·exp(s) + t)}, r a {@link RationalQuadratic} of its own; {@code
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
  private final RationalQuadratic.Shape shape;
  private final int each;
  private final CouplingNet net;

  SplineCoupling(
      ParameterLayout layout,
      int dimension,
      int kept,
      int codeDimension,
      int width,
      double maxLogScale,
      RationalQuadratic.Shape shape) {
    this.kept = kept;
    this.moved = dimension - kept;
    this.maxLogScale = maxLogScale;
    this.shape = shape;
    this.each = shape.parameters() + 2;
    this.net = new CouplingNet(layout, kept, codeDimension, width, moved * each);
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
    private final RationalQuadratic spline = new RationalQuadratic(shape);
    private final int logScale = shape.parameters();
    private final int shift = logScale + 1;
    private float[] movedInputs = new float[0];
    private float[] squashed = new float[0];
    private float[] scales = new float[0];
    private float[] shifts = new float[0];

    @Override
    public void forward(FlowPass pass, Matrix rows, double[] logDet) {
      pass.requireRows(rows, kept + moved);
      float[] p = prepare(pass, rows).data();
      for (int i = 0; i < rows.rows(); i++) {
        int at = rows.row(i) + kept;
        double sum = 0;
        for (int j = 0; j < moved; j++) {
          int m = i * moved + j;
          float x = rows.data()[at + j];
          movedInputs[m] = x;
          float between = Math.fma(x, scales[m], shifts[m]);
          shifts[m] = between; // it has done its work
          rows.data()[at + j] = (float) spline.forward(p, m * each, between);
          sum += maxLogScale * squashed[m] + spline.logSlope();
        }
        logDet[i] += sum;
      }
    }

    @Override
    public void inverse(FlowPass pass, Matrix rows) {
      pass.requireRows(rows, kept + moved);
      float[] p = prepare(pass, rows).data();
      for (int i = 0; i < rows.rows(); i++) {
        int at = rows.row(i) + kept;
        for (int j = 0; j < moved; j++) {
          int m = i * moved + j;
          double between = spline.inverse(p, m * each, rows.data()[at + j]);
          rows.data()[at + j] = (float) ((between - shifts[m]) / scales[m]);
        }
      }
    }

    @Override
    public void backward(FlowPass pass, Matrix dRows, float[] dLogDet, LayerGradient gradient) {
      pass.requireRows(dRows, kept + moved);
      Matrix dOut = netRun.outputs(dRows.rows()); // the parameters are used up
      float[] p = dOut.data();
      for (int i = 0; i < dRows.rows(); i++) {
        int at = dRows.row(i) + kept;
        for (int j = 0; j < moved; j++) {
          int m = i * moved + j;
          float between = shifts[m];
          double dy = dRows.data()[at + j];
          float d = (float) spline.backward(p, m * each, between, dy, dLogDet[i]);
          float dScale = d * movedInputs[m] * scales[m] + dLogDet[i];
          p[m * each + logScale] = dScale * (1 - squashed[m] * squashed[m]);
          p[m * each + shift] = d;
          dRows.data()[at + j] = d * scales[m];
        }
      }
      netRun.backward(pass, dOut, dRows, gradient);
    }

    /** The network's outputs, splines prepared, with tanh(h/S) in squashed and exp(s) in scales. */
    private Matrix prepare(FlowPass pass, Matrix rows) {
      int count = rows.rows() * moved;
      if (count > scales.length) {
        int capacity = count + count / 4;
        movedInputs = new float[capacity];
        squashed = new float[capacity];
        scales = new float[capacity];
        shifts = new float[capacity];
      }
      Matrix out = netRun.forward(pass, rows);
      float[] p = out.data();
      float twice = (float) (2 / maxLogScale);
      for (int m = 0; m < count; m++) {
        shifts[m] = p[m * each + shift];
        p[m * each + logScale] *= twice;
        spline.lower(p, m * each);
      }
      pass.kernels().expInPlace(out); // all at once: most of what a spline costs
      for (int m = 0; m < count; m++) {
        squashed[m] = 1 - 2 / (p[m * each + logScale] + 1); // tanh
        scales[m] = (float) maxLogScale * squashed[m];
        spline.share(p, m * each);
      }
      pass.kernels().expInPlace(Matrix.of(scales, 0, 1, count));
      return out;
    }
  }
}
