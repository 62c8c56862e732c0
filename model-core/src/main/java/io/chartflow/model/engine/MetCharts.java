package io.chartflow.model.engine;

import io.chartflow.model.flow.ChartSet;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.linalg.Rows;
import io.chartflow.model.vq.PairList;
import java.util.function.IntFunction;

/**
 * The charts that the pairs of a batch meet, in their order, each at a place from 0 on. With many
 * charts a batch meets a part of them, and what is worked out per chart and step is worked out for
 * these alone: its bits do not depend on the charts beside it, and a sum over charts is the same
 * without zeros.
 */
final class MetCharts {

  private final boolean[] met;
  private final int[] place;
  private final Rows codes;
  private final Rows means;
  private final Rows variances;
  private final EachCount<ChartSet> sets;
  private final int[] charts;
  private final double[] logSpreads;
  private int count;

  MetCharts(Network network) {
    int charts = network.charts();
    this.met = new boolean[charts];
    this.place = new int[charts];
    this.charts = new int[charts];
    this.logSpreads = new double[charts * network.dimension()];
    this.codes = new Rows(network.config().quantizer().codeDimension());
    this.means = new Rows(network.dimension());
    this.variances = new Rows(network.dimension());
    codes.top(charts); // all the memory that is ever needed
    means.top(charts);
    variances.top(charts);
    this.sets =
        new EachCount<>(
            charts, n -> new ChartSet(codes.top(n), means.top(n), variances.top(n), logSpreads));
  }

  /** Finds those that the first {@code tiles} lists name. */
  void find(IntFunction<PairList> pairs, int tiles) {
    java.util.Arrays.fill(met, false);
    for (int t = 0; t < tiles; t++) {
      PairList list = pairs.apply(t);
      for (int p = 0; p < list.size(); p++) {
        met[list.chart(p)] = true;
      }
    }
    count = 0;
    for (int k = 0; k < met.length; k++) {
      place[k] = count;
      charts[count] = k; // or the next one that is met
      count += met[k] ? 1 : 0;
    }
  }

  /** How many there are. */
  int count() {
    return count;
  }

  /** The place of each chart; of one that is not met it says nothing. Live. */
  int[] places() {
    return place;
  }

  /** Code, mean and variance of each, by place, until the next call. */
  ChartSet of(ChartSet all) {
    ChartSet some = sets.of(count);
    gather(all.codes(), some.codes());
    gather(all.means(), some.means());
    gather(all.variances(), some.variances());
    int d = all.dimension();
    for (int at = 0; at < count; at++) {
      for (int j = 0; j < d; j++) {
        logSpreads[at * d + j] = all.logSpread(charts[at], j);
      }
    }
    return some;
  }

  private void gather(Matrix from, Matrix rows) {
    int cols = from.cols();
    for (int at = 0; at < count; at++) {
      Matrix.copy(from.data(), from.row(charts[at]), rows.data(), at * cols, cols);
    }
  }
}
