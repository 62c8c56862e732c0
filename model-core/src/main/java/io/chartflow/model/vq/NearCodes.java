package io.chartflow.model.vq;

import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import java.util.Optional;

/**
 * Which of many points near one code {@code v_k} chart k covers, as {@link ChartCover} says, but
 * measured against the codes near {@code v_k} alone where that is enough. Not safe for use by
 * several threads.
 *
 * <p>Chart k covers {@code e} unless codes nearer to it than {@code v_k} say otherwise. If {@code
 * ‖e − v_k‖ ≤ R}, a code further than {@code 2R} from {@code v_k} is further than {@code R} from e
 * and has no say. R is twice the root of the points' mean squared distance; points beyond it are
 * measured against the first {@value #FEW} codes, and unless those say that k does not cover them
 * against all: further codes can only take from k. {@code 2R} is taken 1 % larger, which is more
 * than the rounding of the distances for up to 10,000 numbers a code. Of up to {@value #FEW} codes
 * all count as near.
 */
public final class NearCodes {

  private static final float RADIUS = 4; // R² over the mean of d²
  private static final float REACH = 4 * 1.02f; // (2R)² over R²
  private static final float LEAST = 1e-30f; // smaller squares are rounded by more
  private static final int STEP = 64;
  private static final int FEW = 64;

  private final ChartCover cover;
  private final Kernels kernels;
  private final float[] fromCentre;
  private final float[] gathered;
  private final Matrix[] near;
  private float[] squared = new float[0];
  private float[] bounds = new float[0];
  private Matrix codes = Matrix.zeros(0, 0);
  private Matrix few = Matrix.zeros(0, 0);
  private int centre = -1;

  /** Of {@code count} codes with {@code dimension} numbers each, which the cover uses too. */
  public NearCodes(int count, int dimension, ChartCover cover, Kernels kernels) {
    this.cover = cover;
    this.kernels = kernels;
    this.fromCentre = new float[count];
    int steps = (count - 1) / STEP; // as many columns as there are codes are no gain
    int room = steps * STEP;
    this.gathered = new float[dimension * room];
    this.near = new Matrix[steps + 1];
    for (int step = 0; step <= steps; step++) {
      near[step] = new Matrix(gathered, 0, dimension, step * STEP, room);
    }
  }

  /** Measures against these codes, as they are now. */
  public void use(Matrix codes) {
    this.codes = codes;
    Matrix all = cover.codesTransposed();
    if (few.data() != all.data()) {
      few = all.columns(0, Math.min(FEW, all.cols()));
    }
    centre = -1;
  }

  /** How many of these points chart {@code k} covers. */
  public int covered(Matrix encodings, int k) {
    float radius = measure(encodings, k);
    if (near.length == 1) {
      return coveredWithin(Float.MAX_VALUE, cover.codesTransposed(), encodings, k);
    }
    int steps = radius > LEAST ? gather(k, REACH * radius) : near.length;
    return steps < near.length
        ? coveredWithin(radius, near[steps], encodings, k)
        : coveredWithin(-1, few, encodings, k);
  }

  /** Points within this squared distance are measured against {@code among} alone. */
  private int coveredWithin(float reached, Matrix among, Matrix encodings, int k) {
    Optional<BlockCover> blocks = cover.blocks();
    int together = reached >= 0 && blocks.isPresent() ? blocks.get().inBlocks(encodings.rows()) : 0;
    int covered = 0;
    for (int i = 0; i < encodings.rows(); i++) {
      if (i < together && i % blocks.get().rows() == 0) {
        bounds = blocks.get().bounds(encodings, i, among);
      }
      boolean inside;
      if (squared[i] <= reached && i < together) {
        inside = squared[i] < bounds[i % bounds.length];
      } else if (squared[i] <= reached) {
        inside = cover.coversAmong(among, encodings, i, squared[i]);
      } else {
        inside = cover.coversAmong(few, encodings, i, squared[i]) && cover.covers(encodings, i, k);
      }
      covered += inside ? 1 : 0;
    }
    return covered;
  }

  /** Leaves each point's squared distance from the code; returns R². */
  private float measure(Matrix encodings, int k) {
    int n = encodings.rows();
    if (squared.length < n) {
      squared = new float[n];
    }
    float total = 0;
    for (int i = 0; i < n; i++) {
      float sum = 0;
      for (int j = 0; j < codes.cols(); j++) {
        float d = encodings.get(i, j) - codes.get(k, j);
        sum = Math.fma(d, d, sum);
      }
      squared[i] = sum;
      total += sum;
    }
    return RADIUS * total / n;
  }

  /**
   * Gathers the codes within this squared distance of {@code v_k}, and behind them columns that are
   * infinitely far away.
   *
   * @return steps of columns; with no room for them {@code near.length}
   */
  private int gather(int k, float reach) {
    if (k != centre) {
      kernels.squaredDistances(codes.data(), codes.row(k), cover.codesTransposed(), fromCentre);
      centre = k;
    }
    int room = near[0].stride();
    int count = 0;
    float beyond = Math.nextUp(reach);
    int other = kernels.nextBelow(fromCentre, 0, fromCentre.length, beyond);
    for (; other < fromCentre.length; count++) {
      if (count == room) {
        return near.length;
      }
      for (int j = 0; j < codes.cols(); j++) {
        gathered[j * room + count] = codes.get(other, j);
      }
      other = kernels.nextBelow(fromCentre, other + 1, fromCentre.length, beyond);
    }
    int steps = (count + STEP - 1) / STEP;
    for (int row = 0; row < gathered.length; row += room) {
      java.util.Arrays.fill(gathered, row + count, row + steps * STEP, Float.POSITIVE_INFINITY);
    }
    return steps;
  }
}
