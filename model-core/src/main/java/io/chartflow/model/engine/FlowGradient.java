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

  /** Adds another lane's gradients. */
  void add(FlowGradient other) {
    add(theta, other.theta);
    for (int l = 0; l < tables.size(); l++) {
      add(tables.get(l).data(), other.tables.get(l).data());
    }
  }

  static void add(float[] to, float[] from) {
    for (int i = 0; i < to.length; i++) {
      to[i] += from[i];
    }
  }
}
