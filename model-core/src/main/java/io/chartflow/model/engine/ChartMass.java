package io.chartflow.model.engine;

import io.chartflow.model.flow.Base;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.random.SplitMix;

/**
 * Estimates {@code Z_k = q(g_k⁻¹(U_k))}, the share of chart k's density that lies in the chart, by
 * the share of {@value #POINTS} quasi-random points {@code z ~ q} whose image lies in {@code U_k}.
 * The points are a Kronecker sequence with the generalised golden ratio (Roberts 2018), shifted at
 * random from a fixed seed. The standard error is the binomial one of {@code (hits + 1)/(n + 2)},
 * which bounds that of quasi-random points from above and never is zero.
 */
final class ChartMass {

  /** Points per chart. */
  static final int POINTS = 1024;

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
    ChartMass mass = new ChartMass(network.charts());
    Matrix points = points(network.base(), network.dimension());
    Matrix x = Matrix.zeros(POINTS, network.dimension());
    int[] charts = new int[POINTS];
    boolean[] inside = new boolean[POINTS];
    for (int k = 0; k < network.charts(); k++) {
      System.arraycopy(points.data(), 0, x.data(), 0, points.data().length);
      java.util.Arrays.fill(charts, k);
      evaluator.decode(x, charts);
      evaluator.covered(x, charts, inside);
      int hits = 0;
      for (boolean in : inside) {
        hits += in ? 1 : 0;
      }
      double smoothed = (hits + 1.0) / (POINTS + 2.0);
      mass.z[k] = (float) hits / POINTS;
      mass.error[k] = (float) Math.sqrt(smoothed * (1 - smoothed) / POINTS);
    }
    return mass;
  }

  /** Points {@code z ~ q} in the first columns of rows that have room for an event. */
  private static Matrix points(Base base, int dimension) {
    int coordinates = base.coordinates();
    double ratio = 2;
    for (int i = 0; i < 64; i++) {
      ratio = Math.pow(1 + ratio, 1.0 / (coordinates + 1)); // root of r^(n+1) = r + 1
    }
    SplitMix random = SplitMix.forStream(coordinates, 3);
    double[] at = new double[coordinates];
    double[] step = new double[coordinates];
    for (int j = 0; j < coordinates; j++) {
      step[j] = Math.pow(1 / ratio, j + 1);
      at[j] = random.nextDouble();
    }
    Matrix points = Matrix.zeros(POINTS, dimension);
    double[] p = new double[coordinates];
    for (int i = 0; i < POINTS; i++) {
      for (int j = 0; j < coordinates; j++) {
        at[j] += step[j];
        at[j] -= Math.floor(at[j]);
        p[j] = Math.min(Math.max(at[j], 1e-12), 1 - 1e-12);
      }
      base.quantile(p, points, i);
    }
    return points;
  }
}
