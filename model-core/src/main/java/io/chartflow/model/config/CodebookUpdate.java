package io.chartflow.model.config;

/** How the codes move. */
public enum CodebookUpdate {
  /** By exponential moving averages of the encodings nearest to them. */
  EMA,
  /** By the gradient of {@code ‖sg[E(x̃)] − v‖²}, with the auto-encoder's Adam. */
  GRADIENT
}
