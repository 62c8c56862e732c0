package io.chartflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.config.ChartsConfig;
import io.chartflow.model.random.SplitMix;
import io.chartflow.model.reference.DoubleAtlas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What must hold of the three densities of a trained model, whatever it learned. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DensityLawsTest {

  private static final int TESTED = 4000;

  private final JvmEngine engine = new JvmEngine();
  private final EventBatch fresh = Small.ring(TESTED, new SplitMix(501));
  private final Atlas atlas = Small.atlas(Small.trainedOnRing(Small.config(2), 700));

  @ParameterizedTest
  @EnumSource(DensitySum.class)
  void everyScoreTellsTheTruncatedDensityTooBitForBit(DensitySum sum) {
    ScoreBatch truncated = Small.scores(engine.scorer(atlas, DensitySum.TRUNCATED), fresh);
    ScoreBatch scores = Small.scores(engine.scorer(atlas, sum), fresh);
    int others = 0;
    for (int i = 0; i < TESTED; i++) {
      assertThat(scores.truncatedLogDensity(i)).isEqualTo(truncated.logDensity(i));
      others += scores.logDensity(i) == truncated.logDensity(i) ? 0 : 1;
    }
    assertThat(others).isEqualTo(sum == DensitySum.TRUNCATED ? 0 : TESTED);
  }

  @ParameterizedTest
  @EnumSource(DensitySum.class)
  void scoresAreThoseOfTheDoubleTwin(DensitySum sum) {
    ScoreBatch scores = Small.scores(engine.scorer(atlas, sum), fresh);
    DoubleAtlas twin = new DoubleAtlas(atlas);
    for (int i = 0; i < 300; i++) {
      double[] x = {fresh.get(i, 0), fresh.get(i, 1)};
      double expected = twin.logDensity(sum, x);
      assertThat(scores.logDensity(i))
          .as("event %d", i)
          .isCloseTo(expected, offset(1e-4 * Math.max(1, Math.abs(expected))));
      double[] posterior = twin.posterior(sum, x);
      int best = scores.chart(i);
      for (int p = 0; p < scores.posteriorSize(i); p++) {
        int k = scores.posteriorChart(i, p);
        assertThat((double) scores.posterior(i, p)).isCloseTo(posterior[k], offset(1e-3));
        assertThat(posterior[k]).isLessThanOrEqualTo(posterior[best] + 1e-3);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(DensitySum.class)
  void posteriorsSumToOneOverAscendingCharts(DensitySum sum) {
    ScoreBatch scores = Small.scores(engine.scorer(atlas, sum), fresh);
    for (int i = 0; i < TESTED; i++) {
      double total = 0;
      int before = -1;
      for (int p = 0; p < scores.posteriorSize(i); p++) {
        total += scores.posterior(i, p);
        assertThat(scores.posteriorChart(i, p)).isGreaterThan(before);
        before = scores.posteriorChart(i, p);
      }
      assertThat(total).isCloseTo(1, offset(1e-5));
    }
  }

  @Test
  void theRestrictedSumIsBelowBothOthers() {
    ScoreBatch restricted = Small.scores(engine.scorer(atlas, DensitySum.RESTRICTED), fresh);
    ScoreBatch truncated = Small.scores(engine.scorer(atlas, DensitySum.TRUNCATED), fresh);
    ScoreBatch full = Small.scores(engine.scorer(atlas, DensitySum.FULL), fresh);
    for (int i = 0; i < TESTED; i++) {
      assertThat(restricted.logDensity(i)).isLessThanOrEqualTo(truncated.logDensity(i));
      assertThat(restricted.logDensity(i)).isLessThanOrEqualTo(full.logDensity(i) + 1e-9);
    }
  }

  @Test
  void withOneChartAllThreeSumsAreEqual() {
    Atlas single =
        Small.atlas(Small.trainedOnRing(Small.config(2).withCharts(ChartsConfig.single()), 60));
    ScoreBatch restricted = Small.scores(engine.scorer(single, DensitySum.RESTRICTED), fresh);
    ScoreBatch truncated = Small.scores(engine.scorer(single, DensitySum.TRUNCATED), fresh);
    ScoreBatch full = Small.scores(engine.scorer(single, DensitySum.FULL), fresh);

    assertThat(single.meanZ()).isEqualTo(1);
    for (int i = 0; i < TESTED; i++) {
      assertThat(truncated.logDensity(i)).isEqualTo(restricted.logDensity(i));
      assertThat(full.logDensity(i)).isEqualTo(restricted.logDensity(i));
    }
  }
}
