package io.chartflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.vq.PairList;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FlowGradientTest {

  private static final int CHARTS = 8;

  private final Network network = Network.of(Small.config(7));

  @Test
  void rowsThatWereTouchedAreAddedInTablesOfFewColumnsAndOfMany() {
    FlowGradient sum = touched(1, 3);
    FlowGradient other = touched(3, 6);
    sum.addTables(Kernels.best().weights(), other, 2, 7);

    assertThat(sum.tables()).extracting(Matrix::cols).anyMatch(n -> n > 16).anyMatch(n -> n < 17);
    for (Matrix table : sum.tables()) {
      for (int row = 0; row < CHARTS; row++) {
        float expected = row == 3 ? 2 : row == 1 || row == 6 ? 1 : 0;
        for (int j = 0; j < table.cols(); j++) {
          assertThat(table.get(row, j)).as("%d, %d", row, j).isEqualTo(expected);
        }
      }
    }
    sum.clearTables();
    assertThat(sum.tables()).allSatisfy(table -> assertThat(table.data()).containsOnly(0f));
  }

  /** Ones for these charts. */
  private FlowGradient touched(int... charts) {
    FlowGradient gradient = FlowGradient.zeros(network.flow(), CHARTS);
    PairList pairs = new PairList();
    pairs.addCharts(charts);
    gradient.touch(pairs);
    for (Matrix table : gradient.tables()) {
      for (int k : charts) {
        Arrays.fill(table.data(), table.row(k), table.row(k) + table.cols(), 1f);
      }
    }
    return gradient;
  }
}
