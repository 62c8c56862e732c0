package io.chartflow.model.config;

import java.io.Serializable;

/**
 * The conformal embedding {@code c_k: R^d → R^D} of charts of a lower dimension than the events.
 * Its loss is {@code −α·log p + β·‖x̃ − c_k(c_k†(x̃))‖²/s_k²}, with the chart's spread {@code
 * s_k²}, so that β need not follow the number of charts.
 *
 * @param dimension {@code d}, below the number of features; 0 for no embedding, {@code d = D}
 * @param likelihoodWeight {@code α}
 * @param reconstructionWeight {@code β}
 */
public record EmbeddingConfig(int dimension, double likelihoodWeight, double reconstructionWeight)
    implements Serializable {

  /** No embedding. */
  public static final EmbeddingConfig DEFAULTS = new EmbeddingConfig(0, 1.0, 1000.0);

  /**
   * @throws ConfigException naming every broken rule
   */
  public EmbeddingConfig {
    Problems problems = new Problems("model.embedding");
    problems.between("dimension", dimension, 0, AtlasConfig.MAX_DIMENSION);
    problems.between("likelihoodWeight", likelihoodWeight, 0.0, 1e9);
    problems.between("reconstructionWeight", reconstructionWeight, 0.0, 1e9);
    problems.throwIfAny();
  }

  /** An embedding of charts of this dimension. */
  public static EmbeddingConfig of(int dimension) {
    return new EmbeddingConfig(dimension, DEFAULTS.likelihoodWeight, DEFAULTS.reconstructionWeight);
  }

  /** Whether charts have a lower dimension than events. */
  public boolean isPresent() {
    return dimension > 0;
  }
}
