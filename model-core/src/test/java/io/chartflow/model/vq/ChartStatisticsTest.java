package io.chartflow.model.vq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.chartflow.model.linalg.LogSpread;
import io.chartflow.model.linalg.Matrix;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ChartStatisticsTest {

  private static final Matrix X = Matrix.of(new float[] {1, 2, 3, 10}, 0, 4, 1);
  private static final Matrix LATER = Matrix.of(new float[] {5, 6, 7, 10}, 0, 4, 1);
  private static final PairList FIRST_THREE_AND_LAST =
      Pairs.of(new int[] {0}, new int[] {0}, new int[] {0}, new int[] {1});

  @Test
  void chartsStartWithEqualPriorsAtZeroWithVarianceOne() {
    ChartStatistics statistics = new ChartStatistics(4, 2, 0.9);

    assertThat(statistics.logPrior()).containsOnly(Math.log(0.25));
    assertThat(statistics.means().data()).containsOnly(0f);
    assertThat(statistics.variances().data()).containsOnly(1f);
  }

  @Test
  void aFreshChartTakesTheStatisticsOfItsFirstMembersWhole() {
    ChartStatistics statistics = new ChartStatistics(2, 1, 0.9);
    statistics.update(X, FIRST_THREE_AND_LAST, 1, true);

    assertThat(statistics.means().get(0, 0)).isEqualTo(2);
    assertThat(statistics.variances().get(0, 0)).isEqualTo(2f / 3, offset(1e-6f));
    assertThat(statistics.means().get(1, 0)).as("one member says too little").isZero();
  }

  @Test
  void aYoungChartMovesAsARunningMean() {
    ChartStatistics statistics = new ChartStatistics(2, 1, 0.9);
    statistics.update(X, FIRST_THREE_AND_LAST, 1, true);
    statistics.update(LATER, FIRST_THREE_AND_LAST, 1, true);

    assertThat(statistics.means().get(0, 0)).isEqualTo(4f, offset(1e-6f));
    statistics.update(LATER, FIRST_THREE_AND_LAST, 1, true);
    assertThat(statistics.means().get(0, 0)).isEqualTo(14f / 3, offset(1e-6f));
  }

  @Test
  void aChartNeverMovesSlowerThanFivePercentTimesItsPace() {
    ChartStatistics statistics = new ChartStatistics(2, 1, 0.9);
    for (int i = 0; i < 100; i++) {
      statistics.update(X, FIRST_THREE_AND_LAST, 0.5, true);
    }
    double before = statistics.variances().get(0, 0);
    statistics.update(LATER, FIRST_THREE_AND_LAST, 0.5, true);

    assertThat(statistics.means().get(0, 0)).isEqualTo(2.1f, offset(1e-5f));
    double spread = 0.975 * before + 0.025 * (2.0 / 3 + 16);
    assertThat((double) statistics.variances().get(0, 0)).isCloseTo(spread, offset(1e-5));
  }

  @Test
  void coverageIsAMovingFrequencyAndThePriorSumsToOne() {
    ChartStatistics statistics = new ChartStatistics(2, 1, 0.9);
    PairList overlapping =
        Pairs.of(new int[] {0, 1}, new int[] {0}, new int[] {0}, new int[] {0, 1});
    statistics.update(X, overlapping, 1, true);

    assertThat((double) statistics.coverage().get(0)).isCloseTo(0.45 + 0.1, offset(1e-6));
    assertThat((double) statistics.coverage().get(1)).isCloseTo(0.45 + 0.05, offset(1e-6));
    assertThat(Arrays.stream(statistics.logPrior()).map(Math::exp).sum())
        .isCloseTo(1, offset(1e-12));
  }

  @Test
  void aChartThatNobodyVisitsKeepsAFinitePrior() {
    assertThat(ChartStatistics.logPrior(new float[] {1, 0})).containsExactly(0, Math.log(1e-12));
  }

  @Test
  void aRevivedChartStartsAtItsEventAsWideAsTheChartItCameFrom() {
    ChartStatistics statistics = new ChartStatistics(2, 1, 0.9);
    statistics.update(X, FIRST_THREE_AND_LAST, 1, true);
    statistics.revive(1, X, 3, 0);

    assertThat(statistics.means().get(1, 0)).isEqualTo(10);
    assertThat(statistics.variances().get(1, 0)).isEqualTo(statistics.variances().get(0, 0));
    assertThat(statistics.state().fresh().get(1)).isEqualTo(1);
  }

  @Test
  void aRestartMakesEveryChartFresh() {
    ChartStatistics statistics = new ChartStatistics(2, 1, 0.9);
    statistics.update(X, FIRST_THREE_AND_LAST, 1, true);
    statistics.restart();

    assertThat(statistics.state().fresh().toArray()).containsOnly(1f);
  }

  @Test
  void equalMembersLeaveAVarianceAboveZero() {
    ChartStatistics statistics = new ChartStatistics(1, 1, 0.9);
    int[] only = {0};
    statistics.update(Matrix.zeros(4, 1), Pairs.of(only, only, only, only), 1, true);

    assertThat(statistics.variances().get(0, 0)).isEqualTo(1e-4f);
  }

  @Test
  void theLogarithmsThatAreKeptAreThoseOfTheVariancesAndCoverage() {
    ChartStatistics statistics = new ChartStatistics(2, 1, 0.9);
    assertKept(statistics);
    statistics.update(X, FIRST_THREE_AND_LAST, 1, true);
    assertKept(statistics);
    ChartStatistics before = new ChartStatistics(2, 1, 0.9);
    before.copyFrom(statistics);
    assertKept(before);
    statistics.revive(1, X, 3, 0);
    assertKept(statistics);
    statistics.respond(new double[] {3, 1}, 4);
    assertKept(statistics);
    statistics.update(LATER, FIRST_THREE_AND_LAST, 1, true);
    assertKept(statistics);
    statistics.copyFrom(before);
    assertKept(statistics);
    ChartStatistics restored = new ChartStatistics(2, 1, 0.9);
    restored.restore(before.state());
    assertKept(restored);
  }

  private static void assertKept(ChartStatistics statistics) {
    float[] variances = statistics.variances().data();
    for (int at = 0; at < variances.length; at++) {
      assertThat(statistics.logSpreads()[at]).isEqualTo(LogSpread.of(variances[at]));
    }
    assertThat(statistics.logPrior())
        .isEqualTo(ChartStatistics.logPrior(statistics.coverage().toArray()));
  }

  @Test
  void restoredStatisticsAreTheSame() {
    ChartStatistics statistics = new ChartStatistics(2, 1, 0.9);
    statistics.update(X, FIRST_THREE_AND_LAST, 1, true);
    ChartStatistics other = new ChartStatistics(2, 1, 0.9);
    other.restore(statistics.state());

    assertThat(other.state()).isEqualTo(statistics.state());
  }
}
