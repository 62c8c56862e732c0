package io.chartflow.model.reference;

import io.chartflow.model.config.FlowConfig;
import io.chartflow.model.config.LayerKind;
import io.chartflow.model.random.SplitMix;
import java.util.ArrayList;
import java.util.List;

/**
 * The layers of a configuration, weights one behind the other. Before every coupling but the first
 * the features change places, unless a rotation, a linear map or a permutation is there.
 */
final class DoubleStack {

  private final FlowConfig config;
  private final int dimension;
  private final int codeDimension;
  private final SplitMix orders;
  private int end;

  DoubleStack(FlowConfig config, int dimension, int codeDimension) {
    this.config = config;
    this.dimension = dimension;
    this.codeDimension = codeDimension;
    this.orders = SplitMix.forStream(dimension, 7);
  }

  /** Index one past the last weight. */
  int end() {
    return end;
  }

  /** The layers; the first weight is at {@code start}. */
  List<DoubleLayer> layersFrom(int start) {
    this.end = start;
    List<DoubleLayer> layers = new ArrayList<>();
    int couplings = 0;
    LayerKind last = LayerKind.PERMUTATION;
    for (LayerKind kind : config.kinds()) {
      boolean coupling = kind == LayerKind.COUPLING || kind == LayerKind.SPLINE_COUPLING;
      boolean unmixed = isAutoregressive(last) || isCoupling(last);
      if (kind == LayerKind.PERMUTATION || (coupling && unmixed && dimension > 1)) {
        layers.add(permutation(couplings));
      }
      if (kind != LayerKind.PERMUTATION) {
        layers.add(layer(kind, couplings));
      }
      couplings += coupling || isAutoregressive(kind) ? 1 : 0;
      last = kind == LayerKind.CHART_AFFINE ? last : kind;
    }
    return layers;
  }

  private static boolean isCoupling(LayerKind kind) {
    return kind == LayerKind.COUPLING || kind == LayerKind.SPLINE_COUPLING;
  }

  private static boolean isAutoregressive(LayerKind kind) {
    return kind == LayerKind.MAF || kind == LayerKind.IAF;
  }

  private DoubleLayer permutation(int couplings) {
    return dimension > 3 && couplings % 2 == 0
        ? DoublePermutation.shuffle(dimension, orders)
        : DoublePermutation.rotation(dimension, Math.max(1, dimension / 2));
  }

  private DoubleLayer layer(LayerKind kind, int couplings) {
    int d = dimension;
    int dv = codeDimension;
    int half = Math.max(1, d / 2);
    int kept = d == 1 ? 0 : couplings % 2 == 0 ? d - half : half;
    int width = config.width();
    double s = config.maxLogScale();
    switch (kind) {
      case CHART_AFFINE -> {
        DoubleChartAffine layer = new DoubleChartAffine(end, d, dv, s);
        end = layer.end();
        return layer;
      }
      case COUPLING -> {
        DoubleCoupling layer = new DoubleCoupling(end, d, kept, dv, width, s);
        end = layer.end();
        return layer;
      }
      case SPLINE_COUPLING -> {
        DoubleSpline layer = new DoubleSpline(end, d, kept, dv, width, s, config.bins(), 4);
        end = layer.end();
        return layer;
      }
      case MAF -> {
        DoubleAutoregressive layer =
            new DoubleAutoregressive(end, d, couplings % 2 == 0, dv, width, s);
        end = layer.end();
        return layer;
      }
      case IAF -> {
        DoubleInverseAutoregressive layer =
            new DoubleInverseAutoregressive(end, d, couplings % 2 == 0, dv, width, s);
        end = layer.end();
        return layer;
      }
      case ROTATION -> {
        DoubleRotation layer = new DoubleRotation(end, d, dv);
        end = layer.end();
        return layer;
      }
      case LU -> {
        DoubleLu layer = new DoubleLu(end, d, s);
        end = layer.end();
        return layer;
      }
      default -> throw new IllegalArgumentException("a layer with weights: " + kind);
    }
  }
}
