package io.chartflow.model.engine;

import io.chartflow.model.flow.ChartFlow;
import io.chartflow.model.linalg.Matrix;
import java.util.Arrays;
import java.util.List;

/**
 * Gradients of one lane.
 *
 * @param theta of the weights
 * @param tables of the tables, one per layer
 */
@SuppressWarnings("ArrayRecordComponent") // working memory, compared by nobody
record FlowGradient(float[] theta, List<Matrix> tables) {

  static FlowGradient zeros(ChartFlow flow, int charts) {
    return new FlowGradient(new float[flow.layout().size()], flow.newTables(charts));
  }

  void clear() {
    Arrays.fill(theta, 0f);
    tables.forEach(table -> Arrays.fill(table.data(), 0f));
  }

  /** Adds the tables of another lane. */
  void addTables(FlowGradient other) {
    for (int l = 0; l < tables.size(); l++) {
      float[] to = tables.get(l).data();
      add(to, other.tables.get(l).data(), 0, to.length);
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
