package io.chartflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EventBatchTest {

  @Test
  void aBatchIsFilledAndEmptied() {
    EventBatch batch = new EventBatch(2, 3);
    batch.add(new double[] {9, 1, 2, 3}, 1);
    assertThat(batch.size()).isEqualTo(1);
    assertThat(batch.isFull()).isFalse();
    batch.add(new double[] {4, 5, 6}, 0);

    assertThat(batch.isFull()).isTrue();
    assertThat(batch.get(0, 2)).isEqualTo(3);
    assertThat(batch.get(1, 0)).isEqualTo(4);
    batch.clear();
    assertThat(batch.size()).isZero();
    assertThat(batch.capacity()).isEqualTo(2);
  }

  @Test
  void rowsThatDoNotFitTheDimensionAreRefused() {
    assertThatThrownBy(() -> EventBatch.of(2, 1, 2, 3))
        .hasMessage("expected a multiple of dimension=2 values, got 3");
  }

  @Test
  void scoresOfAnotherDimensionAreRefused() {
    AtlasScorer scorer =
        new JvmEngine()
            .scorer(Small.atlas(Small.trainedOnRing(Small.config(2), 50)), DensitySum.FULL);

    assertThatThrownBy(() -> scorer.score(EventBatch.of(3, 1, 2, 3), new ScoreBatch()))
        .hasMessage("expected events with 2 features, got 3");
  }

  @Test
  void anEmptyBatchHasNoScores() {
    AtlasScorer scorer =
        new JvmEngine()
            .scorer(Small.atlas(Small.trainedOnRing(Small.config(2), 50)), DensitySum.TRUNCATED);

    assertThat(Small.scores(scorer, new EventBatch(5, 2)).size()).isZero();
  }

  @Test
  void aScoreBatchIsRefilled() {
    ScoreBatch scores = new ScoreBatch();
    for (int round = 0; round < 2; round++) {
      scores.clear(2);
      for (int k = 0; k < 100; k++) {
        scores.addPosterior(k, 0.01f);
      }
      scores.endRow(-1, -1, 3, 0);
      scores.addPosterior(7, 1);
      scores.endRow(-2, -1.5, 7, 0.5f);

      assertThat(scores.size()).isEqualTo(2);
      assertThat(scores.posteriorSize(0)).isEqualTo(100);
      assertThat(scores.posteriorChart(1, 0)).isEqualTo(7);
      assertThat(scores.posterior(1, 0)).isEqualTo(1);
      assertThat(scores.offManifoldDistance(1)).isEqualTo(0.5f);
    }
  }
}
