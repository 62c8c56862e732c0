package io.chartflow.model.engine;

import io.chartflow.model.flow.ChartFlow;
import io.chartflow.model.flow.FlowLayer.LayerGradient;
import java.util.Arrays;
import java.util.List;

/**
 * Gradients of one lane.
 *
 * @param layers of the tables, one per layer, each with that of all weights
 */
record FlowGradient(List<LayerGradient> layers) {

  static FlowGradient zeros(ChartFlow flow, int charts) {
    return new FlowGradient(flow.newGradients(charts));
  }

  /** Of all weights. */
  float[] theta() {
    return layers.get(0).theta().values();
  }

  void clear() {
    Arrays.fill(theta(), 0f);
    for (LayerGradient layer : layers) {
      Arrays.fill(layer.table().data(), 0f);
    }
  }

  /** Adds the tables of another lane. */
  void addTables(FlowGradient other) {
    for (int l = 0; l < layers.size(); l++) {
      float[] to = layers.get(l).table().data();
      add(to, other.layers.get(l).table().data(), 0, to.length);
    }
  }

  /** Adds a part of the first lanes' arrays to the first array, lane after lane. */
  static void addLanes(float[][] lanes, int used, int part) {
    int from = Workers.partFrom(lanes[0].length, part);
    int to = Workers.partFrom(lanes[0].length, part + 1);
    for (int lane = 1; lane < used; lane++) {
      add(lanes[0], lanes[lane], from, to);
    }
  }

  private static void add(float[] to, float[] from, int first, int end) {
    for (int i = first; i < end; i++) {
      to[i] += from[i];
    }
  }
}
