package io.chartflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.model.engine.FlowKind.Learned;
import io.chartflow.model.random.SplitMix;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An event's score depends on the event and the atlas, bit for bit, and on nothing else. */
interface BatchIndependenceLaws {

  int EVENTS = 331;

  List<Integer> SIZES = List.of(1, 7, 63, 64, 65, 3, 128);

  /** The engine under test, with this many workers. */
  AtlasEngine engine(int workers);

  static Stream<Learned> everyKind() {
    return FlowKind.all();
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  default void scoresAreTheSameInShuffledBatchesOfOddSizes(Learned learned) {
    EventBatch events = learned.events(EVENTS, 601);
    int[] order = shuffled(new SplitMix(602));
    for (DensitySum sum : DensitySum.values()) {
      try (AtlasScorer scorer = engine(1).scorer(learned.atlas(), sum)) {
        ScoreBatch together = Small.scores(scorer, events);
        int at = 0;
        for (int size : SIZES) {
          EventBatch part = new EventBatch(size, events.dimension());
          for (int i = 0; i < size; i++) {
            part.add(events.values(), events.dimension() * order[at + i]);
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
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  default void scoresAreTheSameForEveryNumberOfWorkers(Learned learned) {
    EventBatch events = learned.events(EVENTS, 601);
    for (DensitySum sum : DensitySum.values()) {
      ScoreBatch one = Small.scores(engine(1).scorer(learned.atlas(), sum), events);
      for (int workers = 2; workers <= 5; workers++) {
        try (AtlasScorer scorer = engine(workers).scorer(learned.atlas(), sum)) {
          ScoreBatch many = Small.scores(scorer, events);
          for (int i = 0; i < EVENTS; i++) {
            assertSameRow(many, i, one, i);
          }
        }
      }
    }
  }

  private static void assertSameRow(ScoreBatch a, int i, ScoreBatch b, int j) {
    assertThat(a.logDensity(i)).isEqualTo(b.logDensity(j));
    assertThat(a.chart(i)).isEqualTo(b.chart(j));
    assertThat(a.offManifoldDistance(i)).isEqualTo(b.offManifoldDistance(j));
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
