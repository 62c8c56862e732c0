package io.chartflow.model.flow;

import io.chartflow.model.linalg.LogSpread;
import io.chartflow.model.linalg.Matrix;
import org.jspecify.annotations.Nullable;

/**
 * What a flow knows of the charts: the codes it is conditioned on and where each chart starts.
 * Views of live arrays.
 */
public final class ChartSet {

  private final Matrix codes;
  private final Matrix means;
  private final Matrix variances;
  private final double[] logSpreads;
  private @Nullable ChartSet embedded;

  /**
   * A view of K charts.
   *
   * @param codes {@code v_k}, (K × d_v)
   * @param means mean of each chart's members, standardised units, (K × D)
   * @param variances of each chart's members, (K × D)
   */
  public ChartSet(Matrix codes, Matrix means, Matrix variances) {
    this(codes, means, variances, new double[0]);
  }

  /**
   * The same, with logarithms that somebody keeps: of a step's charts most variances are those of
   * the step before.
   *
   * @param logSpreads {@link LogSpread} of each variance, chart after chart, live; may be longer
   */
  public ChartSet(Matrix codes, Matrix means, Matrix variances, double[] logSpreads) {
    this.codes = codes;
    this.means = means;
    this.variances = variances;
    this.logSpreads = logSpreads;
  }

  /** {@link LogSpread} of a feature of a chart. */
  public double logSpread(int k, int j) {
    return logSpreads.length > 0
        ? logSpreads[k * variances.cols() + j]
        : LogSpread.of(variances.get(k, j));
  }

  /** {@code v_k}, (K × d_v). */
  public Matrix codes() {
    return codes;
  }

  /** Mean of each chart's members, standardised units, (K × D). */
  public Matrix means() {
    return means;
  }

  /** Variances of each chart's members, (K × D). */
  public Matrix variances() {
    return variances;
  }

  /**
   * The same codes in {@code R^d} behind an embedding, where every chart has mean 0, variance 1.
   * Made once.
   */
  ChartSet embedded(int latent) {
    ChartSet behind = embedded;
    if (behind == null || behind.dimension() != latent) {
      Matrix ones = Matrix.zeros(count(), latent);
      ones.fill(1);
      behind = new ChartSet(codes, Matrix.zeros(count(), latent), ones);
      embedded = behind;
    }
    return behind;
  }

  /** Number of charts {@code K}. */
  public int count() {
    return codes.rows();
  }

  /** Number of features {@code D}. */
  public int dimension() {
    return means.cols();
  }
}
