package io.chartflow.model.engine;

import io.chartflow.model.flow.Base;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.random.SplitMix;

/**
 * Estimates {@code Z_k = q(g_k⁻¹(U_k))}, the share of chart k's density that lies in the chart, by
 * the share of quasi-random points {@code z ~ q} whose image lies in {@code U_k}. The points are a
 * Kronecker sequence with the generalised golden ratio (Roberts 2018), shifted at random from a
 * fixed seed. The standard error is the binomial one of {@code (hits + 1)/(n + 2)}, which bounds
 * that of quasi-random points from above and never is zero.
 *
 * <p>The truncated sum divides by {@code Z_k}, so what counts is the error relative to it. Points
 * come in blocks of {@value #BLOCK}, and a chart takes blocks until its relative standard error is
 * at most {@value #RELATIVE_ERROR} or it had {@value #MAX_POINTS} points. A chart whose flow keeps
 * inside it, {@code Z_k > 0.91}, is done after the first block; flows that have just begun, or a
 * hard partition, take more.
 */
final class ChartMass {

  /** Points that all open charts take before it is asked again which of them need more. */
  static final int BLOCK = 1024;

  /** Points of a rough estimate. */
  static final int FEW = 512;

  /** The most points a chart takes. */
  static final int MAX_POINTS = 8 * BLOCK;

  /** Standard error over {@code Z_k} that is good enough. */
  static final double RELATIVE_ERROR = 0.01;

  private final float[] z;
  private final float[] error;

  private ChartMass(int charts) {
    this.z = new float[charts];
    this.error = new float[charts];
  }

  /** {@code Z_k} counts as at least this much, so that an empty chart does not weigh infinitely. */
  private static final double MIN_Z = 1e-3;

  /** {@code log p_k − log Z_k}: what the truncated sum weighs {@code p(x|k)} with. */
  static double[] truncated(double[] logPrior, float[] z) {
    double[] weights = logPrior.clone();
    for (int k = 0; k < weights.length; k++) {
      weights[k] -= Math.log(Math.max(z[k], MIN_Z));
    }
    return weights;
  }

  float[] z() {
    return z;
  }

  float[] error() {
    return error;
  }

  /** Estimates every chart of the model that {@code evaluator} uses. */
  static ChartMass estimate(DensityEvaluator evaluator, Network network) {
    return estimate(evaluator, network, BLOCK, MAX_POINTS);
  }

  /** The same by {@value #FEW} points a chart: for a model that is another one soon. */
  static ChartMass roughly(DensityEvaluator evaluator, Network network) {
    return estimate(evaluator, network, FEW, FEW);
  }

  private static ChartMass estimate(
      DensityEvaluator evaluator, Network network, int block, int most) {
    ChartMass mass = new ChartMass(network.charts());
    Kronecker sequence = new Kronecker(network.base());
    Matrix points = Matrix.zeros(block, network.dimension());
    int[] hits = new int[network.charts()];
    boolean open = true;
    for (int n = block; open && n <= most; n += block) {
      sequence.next(points);
      int drawn = n;
      evaluator.inLanes(lane -> mass.take(evaluator, lane, points, drawn, hits));
      open = false;
      for (int k = 0; k < hits.length; k++) {
        open |= mass.isOpen(k);
      }
    }
    return mass;
  }

  /** The charts of a lane take a block of points, the first {@code n} with those before. */
  private void take(DensityEvaluator evaluator, int lane, Matrix points, int n, int[] hits) {
    int block = points.rows();
    Matrix x = Matrix.zeros(block, points.cols());
    int[] charts = new int[block];
    boolean[] inside = new boolean[block];
    for (int k = lane; k < hits.length; k += Workers.LANES) {
      if (n == block || isOpen(k)) {
        System.arraycopy(points.data(), 0, x.data(), 0, points.data().length);
        java.util.Arrays.fill(charts, k);
        evaluator.decode(lane, x, charts);
        evaluator.covered(lane, x, charts, inside);
        for (boolean in : inside) {
          hits[k] += in ? 1 : 0;
        }
        double smoothed = (hits[k] + 1.0) / (n + 2.0);
        z[k] = (float) hits[k] / n;
        error[k] = (float) Math.sqrt(smoothed * (1 - smoothed) / n);
      }
    }
  }

  private boolean isOpen(int k) {
    return error[k] > RELATIVE_ERROR * z[k];
  }

  /** Points {@code z ~ q} in the first columns of rows that have room for an event. */
  private static final class Kronecker {

    private final Base base;
    private final double[] at;
    private final double[] step;
    private final double[] p;

    private Kronecker(Base base) {
      int coordinates = base.coordinates();
      this.base = base;
      this.at = new double[coordinates];
      this.step = new double[coordinates];
      this.p = new double[coordinates];
      double ratio = 2;
      for (int i = 0; i < 64; i++) {
        ratio = Math.pow(1 + ratio, 1.0 / (coordinates + 1)); // root of r^(n+1) = r + 1
      }
      SplitMix random = SplitMix.forStream(coordinates, 3);
      for (int j = 0; j < coordinates; j++) {
        step[j] = Math.pow(1 / ratio, j + 1);
        at[j] = random.nextDouble();
      }
    }

    /** Fills all rows with the points that come next. */
    private void next(Matrix points) {
      for (int i = 0; i < points.rows(); i++) {
        for (int j = 0; j < at.length; j++) {
          at[j] += step[j];
          at[j] -= Math.floor(at[j]);
          p[j] = Math.min(Math.max(at[j], 1e-12), 1 - 1e-12);
        }
        base.quantile(p, points, i);
      }
    }
  }
}
