package io.chartflow.model.engine;

/** Which sum over charts a density is. */
public enum DensitySum {
  /**
   * {@code Σ_{k: x∈U_k} p_k p(x|k)}, equation (16) of the paper; a lower bound that integrates to
   * {@code Σ p_k Z_k ≤ 1}.
   */
  RESTRICTED,
  /** {@code Σ_{k: x∈U_k} p_k p(x|k) / Z_k}; integrates to 1. The default. */
  TRUNCATED,
  /** {@code Σ_k p_k p(x|k)}, the plain mixture; integrates to 1 and costs {@code K} flows. */
  FULL
}
