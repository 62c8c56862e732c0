package io.chartflow.model.engine;

import io.chartflow.model.flow.ChartFlow;
import io.chartflow.model.flow.FlowLayer.LayerGradient;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.linalg.WeightKernels;
import io.chartflow.model.vq.PairList;
import java.util.Arrays;
import java.util.List;

/**
 * Gradients of one lane. Of the tables most rows may stay zero: those that are added to are {@link
 * #touch touched} first, and the others need neither clearing nor adding. Tables of few columns are
 * cleared and added as a whole: zeros change no sum.
 *
 * @param layers of the tables, one per layer, each with that of all weights
 * @param tables of the layers that have one
 * @param touched which rows of the tables were added to
 */
@SuppressWarnings("ArrayRecordComponent") // not a value: compared by nobody
record FlowGradient(List<LayerGradient> layers, List<Matrix> tables, boolean[] touched) {

  private static final int FEW = 16;

  static FlowGradient zeros(ChartFlow flow, int charts) {
    List<LayerGradient> layers = flow.newGradients(charts);
    List<Matrix> tables =
        layers.stream().map(LayerGradient::table).filter(table -> table.cols() > 0).toList();
    return new FlowGradient(layers, tables, new boolean[charts]);
  }

  /** Of all weights. */
  float[] theta() {
    return layers.get(0).theta().values();
  }

  /** The first rows of the tables alone. */
  List<LayerGradient> top(int rows) {
    return layers.stream()
        .map(layer -> new LayerGradient(layer.theta(), layer.table().top(rows)))
        .toList();
  }

  void clear() {
    clearWeights();
    clearTables();
  }

  /** That of the weights alone. */
  void clearWeights() {
    Arrays.fill(theta(), 0f);
  }

  /** That of the tables alone. */
  void clearTables() {
    for (int l = 0; l < tables.size(); l++) {
      Matrix table = tables.get(l);
      for (int row = 0; row < touched.length && !isNarrow(table); row++) {
        if (touched[row]) {
          Arrays.fill(table.data(), table.row(row), table.row(row) + table.cols(), 0f);
        }
      }
      if (isNarrow(table)) {
        Arrays.fill(table.data(), table.row(0), table.row(table.rows()), 0f);
      }
    }
    Arrays.fill(touched, false);
  }

  /** Whether to ask for each row takes longer than to take all. */
  private static boolean isNarrow(Matrix table) {
    return table.cols() <= FEW && table.stride() == table.cols();
  }

  /** The rows of these pairs' charts are added to from now on. */
  void touch(PairList pairs) {
    for (int p = 0; p < pairs.size(); p++) {
      touched[pairs.chart(p)] = true;
    }
  }

  /** Adds the rows {@code [from, to)} of another lane's tables. */
  void addTables(WeightKernels kernels, FlowGradient other, int from, int to) {
    for (int l = 0; l < tables.size(); l++) {
      Matrix table = tables.get(l);
      float[] added = other.tables.get(l).data();
      for (int row = from; row < to && !isNarrow(table); row++) {
        if (other.touched[row]) {
          kernels.add(table.data(), added, table.row(row), table.row(row) + table.cols());
        }
      }
      if (isNarrow(table)) {
        kernels.add(table.data(), added, table.row(from), table.row(to));
      }
    }
    for (int row = from; row < to; row++) {
      touched[row] |= other.touched[row];
    }
  }

  /** Adds a part of the first lanes' arrays to the first array, lane after lane. */
  static void addLanes(WeightKernels kernels, float[][] lanes, int used, int part) {
    int from = Workers.partFrom(lanes[0].length, part);
    int to = Workers.partFrom(lanes[0].length, part + 1);
    for (int lane = 1; lane < used; lane++) {
      kernels.add(lanes[0], lanes[lane], from, to);
    }
  }
}
