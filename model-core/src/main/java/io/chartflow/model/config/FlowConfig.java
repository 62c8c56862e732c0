package io.chartflow.model.config;

import java.io.Serializable;
import java.util.List;

/**
 * The chart-conditioned flow: a stack of layers and the base density.
 *
 * @param layers from data to base, for instance {@code chart-affine, coupling×5}; {@code ×n}
 *     repeats, {@code a + b×n} repeats both. Before a {@code coupling} or {@code spline-coupling}
 *     that has another such layer and no mixing layer ({@code permutation}, {@code rotation},
 *     {@code lu}) before it, a {@code permutation} is put; {@code maf} and {@code iaf} layers take
 *     the features forwards and backwards in turn
 * @param width units of each of the two hidden layers of a layer's network
 * @param maxLogScale bound {@code S} of a log-scale {@code S·tanh(s/S)}
 * @param bins of a spline coupling
 * @param base density {@code q} at the end of the stack
 */
public record FlowConfig(String layers, int width, double maxLogScale, int bins, BaseKind base)
    implements Serializable {

  /** Five affine couplings of width 64 behind the charts' affine maps, log-scales within ±3. */
  public static final FlowConfig DEFAULTS =
      new FlowConfig("chart-affine, coupling×5", 64, 3.0, 8, BaseKind.GAUSSIAN);

  /**
   * Writes the layers in one way.
   *
   * @throws ConfigException naming every broken rule
   */
  public FlowConfig {
    Problems problems = new Problems("model.flow");
    LayerList list = new LayerList(layers);
    problems.require(list.isValid(), "layers", LayerList.rule(), layers);
    layers = list.canonical();
    problems.between("width", width, 1, 8192);
    problems.require(
        maxLogScale > 0 && maxLogScale <= 20, "maxLogScale", "above 0 and at most 20", maxLogScale);
    problems.between("bins", bins, 2, 64);
    problems.throwIfAny();
  }

  /** The charts' affine maps, then {@code couplings} affine couplings, onto a Gaussian. */
  public static FlowConfig realNvp(int couplings, int width, double maxLogScale) {
    String layers = couplings == 0 ? "chart-affine" : "chart-affine, coupling×" + couplings;
    return new FlowConfig(layers, width, maxLogScale, 8, BaseKind.GAUSSIAN);
  }

  /** This flow with other layers. */
  public FlowConfig withLayers(String other) {
    return new FlowConfig(other, width, maxLogScale, bins, base);
  }

  /** The layers, one by one, as they are configured. */
  public List<LayerKind> kinds() {
    return new LayerList(layers).kinds();
  }

  /**
   * Whether the density of a chart is a product of conditionals in the order of the features, so
   * that the last features can be left out: nothing but {@code chart-affine} and at most one {@code
   * maf} or {@code iaf}, onto a Gaussian.
   */
  public boolean isAutoregressive() {
    return base == BaseKind.GAUSSIAN
        && kinds().stream().allMatch(k -> k == LayerKind.CHART_AFFINE || k.isAutoregressive())
        && kinds().stream().filter(LayerKind::isAutoregressive).count() <= 1;
  }
}
