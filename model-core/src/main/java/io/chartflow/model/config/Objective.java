package io.chartflow.model.config;

/** What the flows learn to raise. */
public enum Objective {
  /** {@code log Σ_{k: x∈U_k} p_k p(x|k)}. */
  MARGINAL,
  /**
   * {@code log p(x|k)} of one covering chart, drawn in proportion to {@code p_k}: the paper's
   * bound, equation (20) of Sidheekh et al., UAI 2022.
   */
  SAMPLED
}
