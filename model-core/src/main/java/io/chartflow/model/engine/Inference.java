package io.chartflow.model.engine;

/** How an event becomes one latent vector, though several charts may cover it. */
public enum Inference {
  /** {@code Σ p(k|x) f_k(x)}. */
  MEAN,
  /** {@code k ~ p(k|x)}, then {@code f_k(x)}. */
  SAMPLED,
  /** {@code f_k(x)} of the most probable chart. */
  MOST_PROBABLE
}
