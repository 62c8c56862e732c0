package io.chartflow.model.engine;

import io.chartflow.model.flow.Base;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.linalg.Rows;
import io.chartflow.model.random.SplitMix;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

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
 * inside it, {@code Z_k > 0.95}, is done after the first block; flows that have just begun, or a
 * hard partition, take more. Blocks of twice the size told {@code Z_k} of such a chart to a third
 * of a percent, and were a tenth of what learning took where a version comes every 50,000 events.
 *
 * <p>A learner measures some charts at every step, by {@value #FEW} points or {@value
 * #MOST_OF_FEW}: its flows are others soon, and what it is measured for are means over a batch that
 * meets many charts.
 */
final class ChartMass {

  /**
   * Points that all open charts take before it is asked again which of them need more; whole tiles.
   */
  private static final int BLOCK = 512;

  /** The same for a rough estimate. */
  private static final int FEW = 64;

  /** The most points of a rough estimate. */
  private static final int MOST_OF_FEW = 4 * FEW;

  /** Standard error over {@code Z_k} that is good enough for one. */
  private static final double ROUGH_ERROR = 0.05;

  /** The most points a chart takes. */
  private static final int MAX_POINTS = 16 * BLOCK;

  /** Standard error over {@code Z_k} that is good enough. */
  private static final double RELATIVE_ERROR = 0.01;

  private final Network network;
  private final float[] z;
  private final float[] error;
  private final int[] hits;
  private final int[][] laneHits;
  private final Rows blocks;
  private final List<Rows> images = new ArrayList<>();
  private final IntConsumer takeInLane = this::takeInLane;
  private final List<Matrix> few = new ArrayList<>();

  /** What lanes are told: of which model the charts {@code [first, end)} take which points. */
  private @Nullable DensityEvaluator evaluator;

  /** Blocks of points; each chart begins with another one and goes on with those behind it. */
  private List<Matrix> points = List.of();

  /** Points that a lane takes together: of few points a chart has all in one lane. */
  private int together = FEW;

  private int round;
  private double goodEnough;
  private int first;
  private int end;

  /** Nothing estimated yet; with working memory, so to be used again. */
  ChartMass(Network network) {
    this.network = network;
    this.z = new float[network.charts()];
    this.error = new float[network.charts()];
    this.hits = new int[network.charts()];
    this.laneHits = new int[Workers.LANES][network.charts()];
    this.blocks = new Rows(network.dimension());
    for (int lane = 0; lane < Workers.LANES; lane++) {
      images.add(new Rows(network.dimension()));
    }
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
    Kronecker sequence = new Kronecker(network.base());
    Matrix drawn = blocks.top(BLOCK);
    List<Matrix> oneBlock = List.of(drawn);
    begin(evaluator, 0, hits.length);
    for (int n = BLOCK; n <= MAX_POINTS && isAnyOpen(RELATIVE_ERROR); n += BLOCK) {
      sequence.next(drawn);
      take(oneBlock, n, RELATIVE_ERROR);
    }
  }

  /**
   * Estimates the charts {@code [first, end)} by fewer points: for a model that is another one
   * soon, and densities that are sums and means over many charts.
   */
  void estimateRoughly(DensityEvaluator evaluator, int first, int end) {
    begin(evaluator, first, end);
    for (int n = FEW; n <= MOST_OF_FEW && isAnyOpen(ROUGH_ERROR); n += FEW) {
      round = n / FEW - 1;
      take(few(), n, ROUGH_ERROR);
    }
  }

  /**
   * Points that every rough estimate takes. Not all charts begin with the same ones, whose error
   * would then be that of the mean over charts.
   */
  private List<Matrix> few() {
    if (few.isEmpty()) {
      Kronecker sequence = new Kronecker(network.base());
      for (int n = 0; n < MOST_OF_FEW; n += FEW) {
        Matrix points = Matrix.zeros(FEW, network.dimension());
        sequence.next(points);
        few.add(points);
      }
    }
    return few;
  }

  private void begin(DensityEvaluator evaluator, int first, int end) {
    this.evaluator = evaluator;
    this.first = first;
    this.end = end;
    boolean idle = evaluator.workers() > 1 && end - first < Workers.LANES;
    this.together = idle ? FEW / 2 : FEW; // some worker would have no chart
    java.util.Arrays.fill(hits, first, end, 0);
    java.util.Arrays.fill(error, first, end, Float.POSITIVE_INFINITY);
  }

  /**
   * The open charts take a block of points, the first {@code n} with those before. Lanes share the
   * points as well as the charts, since these may be few.
   */
  private void take(List<Matrix> points, int n, double goodEnough) {
    this.points = points;
    this.goodEnough = goodEnough;
    Objects.requireNonNull(evaluator).inLanes(takeInLane);
    for (int k = first; k < end; k++) {
      if (isOpen(k, goodEnough)) {
        for (int[] ofLane : laneHits) {
          hits[k] += ofLane[k];
        }
        double smoothed = (hits[k] + 1.0) / (n + 2.0);
        z[k] = (float) hits[k] / n;
        error[k] = (float) Math.sqrt(smoothed * (1 - smoothed) / n);
      }
    }
  }

  private void takeInLane(int lane) {
    DensityEvaluator evaluator = Objects.requireNonNull(this.evaluator);
    Matrix x = images.get(lane).top(together);
    int parts = points.get(0).rows() / together;
    for (int k = first; k < end; k++) {
      if (isOpen(k, goodEnough)) {
        Matrix block = points.get((k + round) % points.size());
        laneHits[lane][k] = 0;
        int before = (k - first) * parts % Workers.LANES;
        for (int part = Math.floorMod(lane - before, Workers.LANES);
            part < parts;
            part += Workers.LANES) {
          int from = block.row(part * together);
          System.arraycopy(block.data(), from, x.data(), 0, x.rows() * x.cols());
          laneHits[lane][k] += evaluator.imagesCovered(lane, x, k);
        }
      }
    }
  }

  private boolean isAnyOpen(double goodEnough) {
    boolean open = false;
    for (int k = first; k < end; k++) {
      open |= isOpen(k, goodEnough);
    }
    return open;
  }

  private boolean isOpen(int k, double goodEnough) {
    return error[k] > goodEnough * z[k];
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
