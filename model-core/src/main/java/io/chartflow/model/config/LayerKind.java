package io.chartflow.model.config;

import java.util.Arrays;
import java.util.Optional;

/** A kind of flow layer, by the name that a configuration gives it. */
public enum LayerKind {
  /** An affine map per chart, started from the chart's mean and spread. */
  CHART_AFFINE("chart-affine", false),
  /** An affine coupling, RealNVP. */
  COUPLING("coupling", true),
  /** A rational-quadratic spline coupling, NSF. */
  SPLINE_COUPLING("spline-coupling", true),
  /** A masked autoregressive layer, MAF. */
  MAF("maf", true),
  /** The inverse of a masked autoregressive layer, IAF. */
  IAF("iaf", true),
  /** A fixed reordering of the features. */
  PERMUTATION("permutation", false),
  /** A learned rotation, by Householder reflections. */
  ROTATION("rotation", false),
  /** A learned linear map by its LU factors. */
  LU("lu", false);

  private final String text;
  private final boolean partial;

  LayerKind(String text, boolean partial) {
    this.text = text;
    this.partial = partial;
  }

  /** The name in a configuration. */
  public String text() {
    return text;
  }

  /**
   * Whether the layer treats features unequally, so that between two of its kind the features must
   * be mixed.
   */
  public boolean isPartial() {
    return partial;
  }

  /**
   * Whether an output feature depends on inputs up to its own alone, in an order that such layers
   * turn round one after the other.
   */
  public boolean isAutoregressive() {
    return this == MAF || this == IAF;
  }

  /** The kind of this name. */
  static Optional<LayerKind> of(String text) {
    return Arrays.stream(values()).filter(kind -> kind.text.equals(text)).findFirst();
  }
}
