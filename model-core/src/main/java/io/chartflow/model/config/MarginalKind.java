package io.chartflow.model.config;

/** The monotone transform of one feature before it is standardised. */
public enum MarginalKind {
  /** The value itself. */
  NONE,
  /** {@code asinh((x − c)/s)}: for heavy tails on both sides. */
  ASINH,
  /** A monotone spline through quantiles of the first events, to normal scores. */
  SPLINE
}
