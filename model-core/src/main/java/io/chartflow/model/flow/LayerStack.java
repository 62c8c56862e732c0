package io.chartflow.model.flow;

import io.chartflow.model.config.FlowConfig;
import io.chartflow.model.config.LayerKind;
import io.chartflow.model.nn.ParameterLayout;
import io.chartflow.model.random.SplitMix;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds the layers that a configuration names. A coupling after another has the features mixed
 * before it, by a permutation unless the configuration put a mixing layer there; autoregressive
 * layers take the features forwards and backwards in turn.
 */
final class LayerStack {

  /** Splines bend standardised values within this bound; beyond it they go on straight. */
  private static final double SPLINE_BOUND = 4;

  private final FlowConfig config;
  private final ParameterLayout layout;
  private final int dimension;
  private final int codeDimension;
  private final int charts;
  private final SplitMix orders;
  private final List<FlowLayer> layers = new ArrayList<>();
  private int partial;
  private boolean mixed = true;

  LayerStack(
      FlowConfig config, ParameterLayout layout, int dimension, int codeDimension, int charts) {
    this.config = config;
    this.layout = layout;
    this.dimension = dimension;
    this.codeDimension = codeDimension;
    this.charts = charts;
    this.orders = SplitMix.forStream(dimension, 7);
    config.kinds().forEach(this::add);
  }

  List<FlowLayer> layers() {
    return List.copyOf(layers);
  }

  private void add(LayerKind kind) {
    if (kind.isPartial()) {
      if (!mixed && dimension > 1 && !kind.isAutoregressive()) {
        layers.add(permutation());
      }
      layers.add(partialLayer(kind));
      partial++;
      mixed = false;
      return;
    }
    switch (kind) {
      case CHART_AFFINE ->
          layers.add(new ChartAffine(layout, dimension, codeDimension, config.maxLogScale()));
      case PERMUTATION -> mix(permutation());
      case ROTATION -> mix(new Rotation(layout, dimension, codeDimension));
      case LU -> mix(new LuLinear(layout, dimension, config.maxLogScale()));
      default -> throw new IllegalStateException("a layer that is not partial: " + kind.text());
    }
  }

  private void mix(FlowLayer layer) {
    layers.add(layer);
    mixed = true;
  }

  private FlowLayer partialLayer(LayerKind kind) {
    return switch (kind) {
      case COUPLING ->
          new AffineCoupling(
              layout,
              dimension,
              kept(),
              codeDimension,
              charts,
              config.width(),
              config.maxLogScale());
      case SPLINE_COUPLING ->
          new SplineCoupling(
              layout,
              dimension,
              kept(),
              codeDimension,
              charts,
              config.width(),
              config.maxLogScale(),
              new SplineShape(config.bins(), SPLINE_BOUND));
      case MAF ->
          new Autoregressive(
              layout,
              dimension,
              partial % 2 == 0,
              codeDimension,
              config.width(),
              config.maxLogScale());
      case IAF ->
          new InverseAutoregressive(
              layout,
              dimension,
              partial % 2 == 0,
              codeDimension,
              config.width(),
              config.maxLogScale());
      default -> throw new IllegalStateException("a partial layer: " + kind.text());
    };
  }

  /** Features that a coupling lets pass: with an odd number, the larger half in turn. */
  private int kept() {
    int half = Math.max(1, dimension / 2);
    return dimension == 1 ? 0 : partial % 2 == 0 ? dimension - half : half;
  }

  /** Few features: a rotation visits them all in turn. Many: new partners every other layer. */
  private Permutation permutation() {
    return dimension > 3 && partial % 2 == 0
        ? Permutation.shuffle(dimension, orders)
        : Permutation.rotation(dimension, Math.max(1, dimension / 2));
  }
}
