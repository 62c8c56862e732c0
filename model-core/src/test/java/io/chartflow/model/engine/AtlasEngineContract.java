package io.chartflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.codec.AtlasCodec;
import io.chartflow.model.engine.FlowKind.Learned;
import io.chartflow.model.reference.DoubleAtlas;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every engine holds, for every kind of model: the densities that the formulas say, bit for
 * bit whatever shares the batch; the same bits again from the same state; bad events harm nobody. A
 * new engine extends this class.
 */
abstract class AtlasEngineContract implements BatchIndependenceLaws, DeterminismLaws, BadEventLaws {

  private static final int TESTED = 100;

  static Stream<Learned> models() {
    return FlowKind.all();
  }

  @ParameterizedTest
  @MethodSource("models")
  void logDensitiesAreThoseOfTheDoubleTwin(Learned learned) {
    EventBatch events = learned.events(TESTED, 611);
    DoubleAtlas twin = new DoubleAtlas(learned.atlas());
    int d = events.dimension();
    for (DensitySum sum : DensitySum.values()) {
      ScoreBatch scores = Small.scores(engine(1).scorer(learned.atlas(), sum), events);
      for (int i = 0; i < TESTED; i++) {
        double[] x = Arrays.copyOfRange(events.values(), i * d, (i + 1) * d);
        double expected = twin.logDensity(sum, x);
        assertThat(scores.logDensity(i))
            .as("%s of event %d", sum, i)
            .isCloseTo(expected, offset(1e-4 * Math.max(1, Math.abs(expected))));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void anAtlasThatWasWrittenAndReadScoresTheSameBits(Learned learned) {
    Atlas read = AtlasCodec.decode(AtlasCodec.encode(learned.atlas()));
    EventBatch events = learned.events(TESTED, 612);
    ScoreBatch before = Small.scores(engine(1).scorer(learned.atlas(), sum()), events);
    ScoreBatch after = Small.scores(engine(1).scorer(read, sum()), events);
    for (int i = 0; i < TESTED; i++) {
      assertThat(after.logDensity(i)).isEqualTo(before.logDensity(i));
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void theSameSeedDrawsTheSameEventsAndAnotherSeedOthers(Learned learned) {
    for (DensitySum sum : DensitySum.values()) {
      try (AtlasScorer scorer = engine(1).scorer(learned.atlas(), sum);
          AtlasScorer many = engine(3).scorer(learned.atlas(), sum)) {
        double[] drawn = scorer.sample(TESTED, 3).values();
        assertThat(drawn).doesNotContain(Double.NaN).hasSize(TESTED * dimension(learned));
        assertThat(scorer.sample(TESTED, 3).values()).isEqualTo(drawn);
        assertThat(many.sample(TESTED, 3).values()).isEqualTo(drawn);
        assertThat(scorer.sample(TESTED, 4).values()).isNotEqualTo(drawn);
        assertThat(scorer.sample(0, 3).size()).isZero();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void batchesOfAnotherDimensionAreRefused(Learned learned) {
    int wrong = dimension(learned) + 1;
    EventBatch batch = EventBatch.of(wrong, new double[wrong]);
    String told = "expected events with %d features, got %d".formatted(wrong - 1, wrong);
    try (AtlasScorer scorer = engine(1).scorer(learned.atlas(), sum())) {
      assertThatThrownBy(() -> Small.scores(scorer, batch))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(told);
      assertThatThrownBy(() -> scorer.attribute(batch, new Attribution())).hasMessage(told);
      assertThatThrownBy(() -> scorer.infer(batch, Inference.MEAN, 0, new double[wrong]))
          .hasMessage(told);
    }
    try (AtlasTrainer trainer = engine(1).trainer(learned.atlas().config())) {
      assertThatThrownBy(() -> trainer.train(batch)).hasMessageContaining("got 1 events");
      EventBatch none = new EventBatch(1, wrong - 1);
      assertThatThrownBy(() -> trainer.train(none)).hasMessageContaining("got 0 events");
    }
  }

  @Test
  void anEmptyBatchHasNoScores() {
    try (AtlasScorer scorer = engine(1).scorer(FlowKind.COUPLING.onPlane(), sum())) {
      assertThat(Small.scores(scorer, new EventBatch(1, 2)).size()).isZero();
    }
  }

  @Test
  void noWorkersAreRefused() {
    assertThatThrownBy(() -> engine(0)).hasMessage("workers must be at least 1, got 0");
  }

  private static int dimension(Learned learned) {
    return learned.atlas().config().dimension();
  }

  private static DensitySum sum() {
    return DensitySum.TRUNCATED;
  }
}
