package io.chartflow.model.flow;

import io.chartflow.model.linalg.Matrix;

/**
 * What a flow knows of the charts: the codes it is conditioned on and where each chart starts.
 * Views of live arrays.
 *
 * @param codes {@code v_k}, (K × d_v)
 * @param means mean of each chart's members, standardised units, (K × D)
 * @param variances of each chart's members, (K × D)
 */
public record ChartSet(Matrix codes, Matrix means, Matrix variances) {

  /**
   * The same codes in {@code R^d} behind an embedding, where every chart has mean 0, variance 1.
   */
  ChartSet embedded(int latent) {
    Matrix ones = Matrix.zeros(count(), latent);
    ones.fill(1);
    return new ChartSet(codes, Matrix.zeros(count(), latent), ones);
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
