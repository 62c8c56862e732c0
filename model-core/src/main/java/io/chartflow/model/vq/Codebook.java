package io.chartflow.model.vq;

import io.chartflow.model.linalg.Floats;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.random.SplitMix;

/**
 * The codes {@code v_k} as exponential moving averages of the encodings nearest to them: {@code N_k
 * ← γN_k + (1−γ)n_k, M_k ← γM_k + (1−γ)Σe, v_k = M_k/N̂_k}, {@code N̂_k = n(N_k + ε)/(n + Kε)}.
 *
 * <p>A code that nobody uses ({@code N_k} below 5 % of an equal share of the batch) comes back at
 * an encoding far from every code; its count and sum are reset together, since a moved code with
 * its old sum would return at the next update.
 *
 * <p>Source: van den Oord et al. 2017, appendix A.1; Laplace smoothing as Razavi et al. 2019.
 */
public final class Codebook {

  private static final float EPSILON = 1e-5f;
  private static final double DEAD_SHARE = 0.05;
  private static final double REVIVED_SHARE = 0.5;

  private final int count;
  private final int dimension;
  private final float decay;
  private final float[] codes;
  private final float[] counts;
  private final float[] sums;
  private final float[] hits;
  private final float[] batchSums;
  private final Matrix view;

  /** {@code count} codes at zero; {@link #start} places them. */
  public Codebook(int count, int dimension, double decay) {
    this.count = count;
    this.dimension = dimension;
    this.decay = (float) decay;
    this.codes = new float[count * dimension];
    this.counts = new float[count];
    this.sums = new float[count * dimension];
    this.hits = new float[count];
    this.batchSums = new float[count * dimension];
    this.view = Matrix.of(codes, 0, count, dimension);
  }

  /** The codes (K × d_v), a live view. */
  public Matrix codes() {
    return view;
  }

  /** Takes a copied state back. */
  public void restore(CodebookState state) {
    state.codes().copyTo(codes, 0);
    state.counts().copyTo(counts, 0);
    state.sums().copyTo(sums, 0);
  }

  /** Takes everything from another of the same size. */
  public void copyFrom(Codebook other) {
    System.arraycopy(other.codes, 0, codes, 0, codes.length);
    System.arraycopy(other.counts, 0, counts, 0, counts.length);
    System.arraycopy(other.sums, 0, sums, 0, sums.length);
  }

  /** A copy of everything. */
  public CodebookState state() {
    return new CodebookState(Floats.copyOf(codes), Floats.copyOf(counts), Floats.copyOf(sums));
  }

  /**
   * Places the codes at encodings chosen as k-means++ chooses: each with probability in proportion
   * to its squared distance from the codes chosen before (Arthur and Vassilvitskii 2007).
   */
  public void start(Matrix encodings, SplitMix random) {
    int n = encodings.rows();
    double[] squared = new double[n];
    java.util.Arrays.fill(squared, Double.POSITIVE_INFINITY);
    int picked = random.nextInt(n);
    for (int k = 0; k < count; k++) {
      place(k, encodings, picked, (float) n / count);
      for (int i = 0; i < n; i++) {
        squared[i] = Math.min(squared[i], squaredDistance(encodings, i, k));
      }
      picked = draw(squared, n, random);
    }
  }

  /** One moving-average step towards the encodings, each given to its nearest code. */
  public void update(Matrix encodings, int[] nearest) {
    java.util.Arrays.fill(hits, 0f);
    java.util.Arrays.fill(batchSums, 0f);
    for (int i = 0; i < encodings.rows(); i++) {
      int k = nearest[i];
      hits[k]++;
      for (int j = 0; j < dimension; j++) {
        batchSums[k * dimension + j] += encodings.get(i, j);
      }
    }
    float total = count();
    for (int k = 0; k < count; k++) {
      float smoothed = total * (counts[k] + EPSILON) / (total + count * EPSILON);
      for (int j = 0; j < dimension; j++) {
        int at = k * dimension + j;
        sums[at] = decay * sums[at] + (1 - decay) * batchSums[at];
        codes[at] = sums[at] / smoothed;
      }
    }
  }

  /** Counts which codes are used and leaves them where they are: they move by gradient. */
  public void count(int rows, int[] nearest) {
    java.util.Arrays.fill(hits, 0f);
    for (int i = 0; i < rows; i++) {
      hits[nearest[i]]++;
    }
    count();
  }

  private float count() {
    float total = 0;
    for (int k = 0; k < count; k++) {
      counts[k] = decay * counts[k] + (1 - decay) * hits[k];
      total += counts[k];
    }
    return total;
  }

  /** Number of codes that are alive for batches of this size. */
  public int alive(int batch) {
    int alive = 0;
    for (int k = 0; k < count; k++) {
      alive += counts[k] >= DEAD_SHARE * batch / count ? 1 : 0;
    }
    return alive;
  }

  /**
   * Brings dead codes back at far encodings.
   *
   * @param squared squared distance of each encoding to its nearest code; may be longer
   * @param placed for each code the encoding it came back at, or -1
   * @return how many came back
   */
  public int revive(Matrix encodings, double[] squared, SplitMix random, int[] placed) {
    java.util.Arrays.fill(placed, -1);
    int n = encodings.rows();
    int revived = 0;
    for (int k = 0; k < count; k++) {
      if (counts[k] < DEAD_SHARE * n / count) {
        placed[k] = draw(squared, n, random);
        place(k, encodings, placed[k], (float) (REVIVED_SHARE * n / count));
        for (int i = 0; i < n; i++) {
          squared[i] = Math.min(squared[i], squaredDistance(encodings, i, k));
        }
        revived++;
      }
    }
    return revived;
  }

  private void place(int k, Matrix encodings, int i, float weight) {
    counts[k] = weight;
    for (int j = 0; j < dimension; j++) {
      codes[k * dimension + j] = encodings.get(i, j);
      sums[k * dimension + j] = encodings.get(i, j) * weight;
    }
  }

  private double squaredDistance(Matrix encodings, int i, int k) {
    double sum = 0;
    for (int j = 0; j < dimension; j++) {
      double d = (double) encodings.get(i, j) - codes[k * dimension + j];
      sum += d * d;
    }
    return sum;
  }

  /** An index below n in proportion to its weight; uniform when all weights are zero. */
  private static int draw(double[] weights, int n, SplitMix random) {
    double total = 0;
    for (int i = 0; i < n; i++) {
      total += weights[i];
    }
    if (!(total > 0)) {
      return random.nextInt(n);
    }
    double left = random.nextDouble() * total;
    for (int i = 0; i < n; i++) {
      left -= weights[i];
      if (left < 0) {
        return i;
      }
    }
    return n - 1;
  }

  /**
   * The state of a {@link Codebook}.
   *
   * @param codes {@code v_k}
   * @param counts {@code N_k}
   * @param sums {@code M_k}
   */
  public record CodebookState(Floats codes, Floats counts, Floats sums) {}
}
