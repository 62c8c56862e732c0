package io.chartflow.model.config;

/** The density that the flows carry every chart to. */
public enum BaseKind {
  /** The standard normal of {@code R^d}. */
  GAUSSIAN,
  /** The uniform density on the unit ball of {@code R^d}. */
  BALL
}
