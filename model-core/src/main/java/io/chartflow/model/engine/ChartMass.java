package io.chartflow.model.engine;

import io.chartflow.model.flow.Base;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.linalg.Rows;
import io.chartflow.model.random.SplitMix;
import java.util.ArrayList;
import java.util.List;

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

  /**
   * Points that all open charts take before it is asked again which of them need more; whole tiles.
   */
  static final int BLOCK = 1024;

  /** Points of a rough estimate. */
  static final int FEW = 512;

  /** The most points a chart takes. */
  static final int MAX_POINTS = 8 * BLOCK;

  /** Standard error over {@code Z_k} that is good enough. */
  static final double RELATIVE_ERROR = 0.01;

  private final Network network;
  private final float[] z;
  private final float[] error;
  private final int[] hits;
  private final Rows points;
  private final List<Rows> images = new ArrayList<>();

  /** Nothing estimated yet; with working memory, so to be used again. */
  ChartMass(Network network) {
    this.network = network;
    this.z = new float[network.charts()];
    this.error = new float[network.charts()];
    this.hits = new int[network.charts()];
    this.points = new Rows(network.dimension());
    for (int lane = 0; lane < Workers.LANES; lane++) {
      images.add(new Rows(network.dimension()));
    }
  }

  /** {@code Z_k} counts as at least this much, so that an empty chart does not weigh infinitely. */
  private static final double MIN_Z = 1e-3;

  /**
   * {@code log p_k} in place to {@code log p_k − log Z_k}: what the truncated sum weighs {@code
   * p(x|k)} with.
   */
  static double[] truncateInPlace(double[] logPrior, float[] z) {
    for (int k = 0; k < logPrior.length; k++) {
      logPrior[k] -= Math.log(Math.max(z[k], MIN_Z));
    }
    return logPrior;
  }

  /** {@code Z_k} as estimated last, live. */
  float[] z() {
    return z;
  }

  /** Its standard error, live. */
  float[] error() {
    return error;
  }

  /** Estimates every chart of the model that {@code evaluator} uses. */
  void estimate(DensityEvaluator evaluator) {
    estimate(evaluator, BLOCK, MAX_POINTS);
  }

  /** The same by {@value #FEW} points a chart: for a model that is another one soon. */
  void estimateRoughly(DensityEvaluator evaluator) {
    estimate(evaluator, FEW, FEW);
  }

  private void estimate(DensityEvaluator evaluator, int block, int most) {
    Kronecker sequence = new Kronecker(network.base());
    Matrix drawn = points.top(block);
    java.util.Arrays.fill(hits, 0);
    boolean open = true;
    for (int n = block; open && n <= most; n += block) {
      sequence.next(drawn);
      int sofar = n;
      evaluator.inLanes(lane -> take(evaluator, lane, drawn, sofar));
      open = false;
      for (int k = 0; k < hits.length; k++) {
        open |= isOpen(k);
      }
    }
  }

  /** The charts of a lane take a block of points, the first {@code n} with those before. */
  private void take(DensityEvaluator evaluator, int lane, Matrix points, int n) {
    int block = points.rows();
    Matrix x = images.get(lane).top(Network.TILE);
    for (int k = lane; k < hits.length; k += Workers.LANES) {
      if (n == block || isOpen(k)) {
        for (int from = 0; from < block; from += Network.TILE) {
          System.arraycopy(points.data(), points.row(from), x.data(), 0, x.rows() * x.cols());
          hits[k] += evaluator.imagesCovered(lane, x, k);
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
