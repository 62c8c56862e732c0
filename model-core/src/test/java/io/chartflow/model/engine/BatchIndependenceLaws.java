package io.chartflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.random.SplitMix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An event's score depends on the event and the atlas, bit for bit, and on nothing else. */
class BatchIndependenceTest {

  private static final int EVENTS = 331;

  private static final Atlas ATLAS = Small.atlas(Small.trainedOnRing(Small.config(2), 100));

  private final EventBatch events = Small.ring(EVENTS, new SplitMix(601));

  @ParameterizedTest
  @EnumSource(DensitySum.class)
  void scoresAreTheSameInShuffledBatchesOfOddSizes(DensitySum sum) {
    try (AtlasScorer scorer = new JvmEngine().scorer(ATLAS, sum)) {
      ScoreBatch together = Small.scores(scorer, events);
      int[] order = shuffled(new SplitMix(602));
      int[] sizes = {1, 7, 63, 64, 65, 3, 128};
      int at = 0;
      for (int size : sizes) {
        EventBatch part = new EventBatch(size, 2);
        for (int i = 0; i < size; i++) {
          part.add(events.values(), 2 * order[at + i]);
        }
        ScoreBatch scores = Small.scores(scorer, part);
        for (int i = 0; i < size; i++) {
          assertSameRow(scores, i, together, order[at + i]);
        }
        at += size;
      }
      assertThat(at).isEqualTo(EVENTS);
    }
  }

  @ParameterizedTest
  @EnumSource(DensitySum.class)
  void scoresAreTheSameForEveryNumberOfWorkers(DensitySum sum) {
    ScoreBatch one = Small.scores(new JvmEngine().scorer(ATLAS, sum), events);
    for (int workers = 2; workers <= 5; workers++) {
      try (AtlasScorer scorer = new JvmEngine(workers).scorer(ATLAS, sum)) {
        ScoreBatch many = Small.scores(scorer, events);
        for (int i = 0; i < EVENTS; i++) {
          assertSameRow(many, i, one, i);
        }
      }
    }
  }

  private static void assertSameRow(ScoreBatch a, int i, ScoreBatch b, int j) {
    assertThat(a.logDensity(i)).isEqualTo(b.logDensity(j));
    assertThat(a.chart(i)).isEqualTo(b.chart(j));
    assertThat(a.posteriorSize(i)).isEqualTo(b.posteriorSize(j));
    for (int p = 0; p < a.posteriorSize(i); p++) {
      assertThat(a.posteriorChart(i, p)).isEqualTo(b.posteriorChart(j, p));
      assertThat(a.posterior(i, p)).isEqualTo(b.posterior(j, p));
    }
  }

  private static int[] shuffled(SplitMix random) {
    int[] order = new int[EVENTS];
    for (int i = 0; i < EVENTS; i++) {
      int other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    return order;
  }
}
