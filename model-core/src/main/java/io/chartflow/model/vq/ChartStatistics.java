package io.chartflow.model.vq;

import io.chartflow.model.linalg.Floats;
import io.chartflow.model.linalg.LogSpread;
import io.chartflow.model.linalg.Matrix;

/**
 * Running statistics of the members of each chart: coverage {@code r_k}, mean and variance per
 * feature in standardised units. {@code p_k = r_k/Σr_j} is the chart prior. With the responsibility
 * prior {@code r_k} is the running mean of {@code p(k|x)} in place of coverage.
 *
 * <p>Source: the running mean after equation (18) of Sidheekh et al., UAI 2022, with a constant
 * rate in place of 1/n, since a stream has no end.
 */
public final class ChartStatistics {

  private static final float RATE = 0.05f;
  private static final double MIN_PRIOR = 1e-12;
  private static final int MIN_MEMBERS = 3;

  private final int count;
  private final int dimension;
  private final float decay;
  private final float[] coverage;
  private final float[] means;
  private final float[] variances;
  private final float[] fresh;
  private final int[] members;
  private final double[] sums;
  private final double[] squares;
  private final double[] logSpreads;
  private final double[] logPrior;
  private final float[] logged;
  private final Matrix meansView;
  private final Matrix variancesView;

  /** Charts of equal coverage, centred at zero with variance one. */
  public ChartStatistics(int count, int dimension, double decay) {
    this.count = count;
    this.dimension = dimension;
    this.decay = (float) decay;
    this.coverage = new float[count];
    this.means = new float[count * dimension];
    this.variances = new float[count * dimension];
    this.fresh = new float[count];
    this.members = new int[count];
    this.sums = new double[count * dimension];
    this.squares = new double[count * dimension];
    this.logSpreads = new double[count * dimension];
    this.logPrior = new double[count];
    this.logged = new float[count];
    this.meansView = Matrix.of(means, 0, count, dimension);
    this.variancesView = Matrix.of(variances, 0, count, dimension);
    java.util.Arrays.fill(coverage, 1f / count);
    java.util.Arrays.fill(variances, 1f);
    java.util.Arrays.fill(fresh, 1f);
    java.util.Arrays.fill(logged, -1f);
  }

  /** Means (K × D), a live view. */
  public Matrix means() {
    return meansView;
  }

  /** Variances (K × D), a live view. */
  public Matrix variances() {
    return variancesView;
  }

  /** {@link LogSpread} of the variances, (K·D), live: worked out when a variance moves. */
  public double[] logSpreads() {
    return logSpreads;
  }

  /** Coverage {@code r_k}, a copy. */
  public Floats coverage() {
    return Floats.copyOf(coverage);
  }

  /** {@code log p_k}, in an array that nobody but the next call may overwrite. */
  public double[] logPrior() {
    if (!java.util.Arrays.equals(coverage, logged)) {
      logPrior(coverage, logPrior);
      System.arraycopy(coverage, 0, logged, 0, count);
    }
    return logPrior;
  }

  /** {@code log(r_k/Σr_j)}, with {@code p_k} at least 1e-12. */
  public static double[] logPrior(float[] coverage) {
    double[] log = new double[coverage.length];
    logPrior(coverage, log);
    return log;
  }

  private static void logPrior(float[] coverage, double[] log) {
    double total = 0;
    for (float r : coverage) {
      total += r;
    }
    for (int k = 0; k < coverage.length; k++) {
      log[k] = Math.log(Math.max(coverage[k] / total, MIN_PRIOR));
    }
  }

  /** Every chart takes its mean and variance from the next batch that has members of it. */
  public void restart() {
    java.util.Arrays.fill(fresh, 1f);
  }

  /** Chart {@code k} came back at event {@code x_i}: it starts there, as wide as {@code like}. */
  public void revive(int k, Matrix x, int i, int like) {
    fresh[k] = 1f;
    for (int j = 0; j < dimension; j++) {
      means[k * dimension + j] = x.get(i, j);
      variances[k * dimension + j] = variances[like * dimension + j];
      logSpreads[k * dimension + j] = logSpreads[like * dimension + j];
    }
  }

  /**
   * One step towards the members that {@code pairs} names; event of pair row i is row i of x. Mean
   * and variance move as a running mean since the chart began, and no slower than 5 % of the way
   * times {@code pace}: a mean that trembles blurs the flow behind it.
   *
   * @param pace 1 while charts are young, falling as they settle
   * @param covers whether {@code r_k} moves too; where it is the responsibility, it does not
   */
  public void update(Matrix x, PairList pairs, double pace, boolean covers) {
    java.util.Arrays.fill(members, 0);
    java.util.Arrays.fill(sums, 0.0);
    java.util.Arrays.fill(squares, 0.0);
    for (int i = 0; i < pairs.rows(); i++) {
      for (int p = pairs.first(i); p < pairs.first(i + 1); p++) {
        int k = pairs.chart(p);
        members[k]++;
        for (int j = 0; j < dimension; j++) {
          double value = x.get(i, j);
          sums[k * dimension + j] += value;
          squares[k * dimension + j] += value * value;
        }
      }
    }
    for (int k = 0; k < count; k++) {
      if (covers) {
        coverage[k] = decay * coverage[k] + (1 - decay) * members[k] / pairs.rows();
      }
      if (members[k] >= MIN_MEMBERS) {
        step(k, members[k], (float) (RATE * pace));
      }
    }
  }

  /**
   * One step of {@code r_k} towards the mean posterior of a batch: the responsibility prior.
   *
   * @param posteriors {@code Σ_x p(k|x)}, (K)
   */
  public void respond(double[] posteriors, int rows) {
    for (int k = 0; k < count; k++) {
      coverage[k] = (float) (decay * coverage[k] + (1 - decay) * posteriors[k] / rows);
    }
  }

  private void step(int k, int ofChart, float slowest) {
    float rate = Math.max(fresh[k], slowest);
    fresh[k] = fresh[k] / (1 + fresh[k]); // 1, 1/2, 1/3, …
    for (int j = 0; j < dimension; j++) {
      int at = k * dimension + j;
      double mean = sums[at] / ofChart;
      double variance = Math.max(squares[at] / ofChart - mean * mean, LogSpread.LEAST_VARIANCE);
      double moved = rate < 1 ? mean - means[at] : 0;
      variances[at] = (float) ((1 - rate) * variances[at] + rate * (variance + moved * moved));
      means[at] = (float) ((1 - rate) * means[at] + rate * mean);
      logSpreads[at] = LogSpread.of(variances[at]);
    }
  }

  /** Takes everything from another of the same size. */
  public void copyFrom(ChartStatistics other) {
    System.arraycopy(other.logSpreads, 0, logSpreads, 0, logSpreads.length);
    System.arraycopy(other.coverage, 0, coverage, 0, coverage.length);
    System.arraycopy(other.means, 0, means, 0, means.length);
    System.arraycopy(other.variances, 0, variances, 0, variances.length);
    System.arraycopy(other.fresh, 0, fresh, 0, fresh.length);
  }

  /** A copy of everything. */
  public ChartState state() {
    return new ChartState(
        Floats.copyOf(coverage),
        Floats.copyOf(means),
        Floats.copyOf(variances),
        Floats.copyOf(fresh));
  }

  /** Takes a copied state back. */
  public void restore(ChartState state) {
    state.coverage().copyTo(coverage, 0);
    state.means().copyTo(means, 0);
    state.variances().copyTo(variances, 0);
    state.fresh().copyTo(fresh, 0);
    java.util.Arrays.setAll(logSpreads, at -> LogSpread.of(variances[at]));
  }

  /**
   * The state of {@link ChartStatistics}.
   *
   * @param coverage {@code r_k}
   * @param means of the members
   * @param variances of the members
   * @param fresh {@code 1/(n+1)} after n updates: the rate of a running mean since the chart began
   */
  public record ChartState(Floats coverage, Floats means, Floats variances, Floats fresh) {}
}
