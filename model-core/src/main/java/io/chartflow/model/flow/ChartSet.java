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

  /** Number of charts {@code K}. */
  public int count() {
    return codes.rows();
  }

  /** Number of features {@code D}. */
  public int dimension() {
    return means.cols();
  }
}
