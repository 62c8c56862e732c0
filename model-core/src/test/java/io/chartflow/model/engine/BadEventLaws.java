package io.chartflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.FlowConfig;
import io.chartflow.model.random.SplitMix;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that no learner should see: they cost nobody anything. */
interface BadEventLaws {

  /** The engine under test, with this many workers. */
  AtlasEngine engine(int workers);

  @Test
  default void aBatchWhoseLossOverflowsIsRefusedAndChangesNothing() {
    // log-scales up to ±20 in twelve couplings: calm where the data are, beyond floats far away
    AtlasConfig steep = Small.config(2).withFlow(FlowConfig.realNvp(12, 16, 20));
    try (AtlasTrainer trainer = Small.trainedOnRing(engine(1), steep, 90)) {
      TrainerState before = trainer.snapshot();
      TrainReport refused = Small.step(trainer, farRing(900));
      TrainerState after = trainer.snapshot();

      assertThat(refused.applied()).as("%s", refused).isFalse();
      assertThat(refused.refused()).isTrue();
      assertThat(after.progress().refused()).isEqualTo(before.progress().refused() + 1);
      assertThat(after.progress().events()).isEqualTo(before.progress().events() + Small.BATCH);
      assertThat(after.progress().steps()).isEqualTo(before.progress().steps());
      assertThat(after.progress().random()).isEqualTo(before.progress().random());
      assertThat(after.progress().prequential().value()).isFinite();
      assertThat(after.quantizer()).isEqualTo(before.quantizer());
      assertThat(after.flow()).isEqualTo(before.flow());
      assertThat(after.features()).isEqualTo(before.features());

      TrainReport next = Small.step(trainer, Small.ring(Small.BATCH, new SplitMix(901)));
      assertThat(next.applied()).isTrue();
      assertThat(next.step()).isEqualTo(before.progress().steps() + 1);
      assertThat(next.logLikelihood()).isFinite();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e9, 1e100, -1e300, Double.POSITIVE_INFINITY, Double.NaN})
  default void anEventBeyondTheTeachableRangeTeachesNothing(double value) {
    EventBatch good = Small.ring(Small.BATCH, new SplitMix(902));
    EventBatch spoiled = new EventBatch(Small.BATCH + 2, 2);
    spoiled.add(new double[] {value, 0}, 0);
    for (int i = 0; i < Small.BATCH; i++) {
      spoiled.add(good.values(), 2 * i);
    }
    spoiled.add(new double[] {5, value}, 0);
    try (AtlasTrainer with = Small.trainedOnRing(engine(1), Small.config(2), 60);
        AtlasTrainer without = Small.trainedOnRing(engine(1), Small.config(2), 60)) {
      TrainReport report = Small.step(with, spoiled);
      without.train(good);

      assertThat(report.applied()).isTrue();
      assertThat(with.snapshot().quantizer()).isEqualTo(without.snapshot().quantizer());
      assertThat(with.snapshot().flow()).isEqualTo(without.snapshot().flow());
    }
  }

  @Test
  default void aBatchOfNothingButFarEventsIsRefused() {
    try (AtlasTrainer trainer = Small.trainedOnRing(engine(1), Small.config(2), 60)) {
      TrainReport report = Small.step(trainer, farRing(1e6));

      assertThat(report.applied()).isFalse();
      assertThat(report.refused()).isTrue();
      assertThat(report.far()).isEqualTo(Small.BATCH);
      assertThat(report.taught()).isZero();
      assertThat(Small.step(trainer, Small.ring(Small.BATCH, new SplitMix(903))).applied())
          .isTrue();
    }
  }

  @Test
  default void everyFiniteEventHasAFiniteDensity() {
    Atlas atlas = Small.atlas(Small.trainedOnRing(engine(1), Small.config(2), 100));
    double[] values = {0, 1e-300, 5, 1e3, -1e6, 1e12, 1e100, -1e300, Double.MAX_VALUE};
    for (DensitySum sum : DensitySum.values()) {
      AtlasScorer scorer = engine(1).scorer(atlas, sum);
      for (double a : values) {
        for (double b : values) {
          ScoreBatch scores = Small.scores(scorer, EventBatch.of(2, a, b));
          assertThat(scores.logDensity(0)).as("%s of (%s, %s)", sum, a, b).isFinite();
          assertThat(scores.posteriorSize(0)).isPositive();
        }
      }
    }
  }

  @Test
  default void anEventThatIsNotANumberHasNoDensityAndHarmsNoOther() {
    Atlas atlas = Small.atlas(Small.trainedOnRing(engine(1), Small.config(2), 100));
    for (DensitySum sum : DensitySum.values()) {
      AtlasScorer scorer = engine(1).scorer(atlas, sum);
      ScoreBatch alone = Small.scores(scorer, EventBatch.of(2, 5, -2));
      ScoreBatch beside = Small.scores(scorer, EventBatch.of(2, Double.NaN, 1, 5, -2));

      assertThat(beside.logDensity(0)).isNaN();
      assertThat(beside.logDensity(1)).isEqualTo(alone.logDensity(0));
      assertThat(Small.scores(scorer, EventBatch.of(2, Double.NaN, 1)).logDensity(0)).isNaN();
    }
  }

  @Test
  default void spoiledEventsAmongTheFirstDoNotSpoilTheStandardiser() {
    try (AtlasTrainer trainer = engine(1).trainer(Small.config(2))) {
      SplitMix random = new SplitMix(904);
      for (int i = 0; i < 70; i++) {
        EventBatch batch = Small.ring(Small.BATCH, random);
        batch.values()[7] = Double.NaN;
        batch.values()[20] = Double.NEGATIVE_INFINITY;
        trainer.train(batch);
      }
      Atlas atlas = Small.atlas(trainer);
      assertThat(atlas.standardiser().mean().get(0)).isBetween(4.5, 5.5);
      assertThat(atlas.standardiser().scale().get(0)).isBetween(1.5, 3.0);
    }
  }

  @Test
  default void aConstantFeatureStaysFinite() {
    SplitMix random = new SplitMix(905);
    try (AtlasTrainer trainer = engine(1).trainer(Small.config(3))) {
      for (int i = 0; i < 100; i++) {
        assertThat(Small.step(trainer, withConstant(random)).applied()).isTrue();
      }
      Atlas atlas = Small.atlas(trainer);
      AtlasScorer scorer = engine(1).scorer(atlas, DensitySum.TRUNCATED);
      ScoreBatch scores = Small.scores(scorer, withConstant(random));
      for (int i = 0; i < scores.size(); i++) {
        assertThat(scores.logDensity(i)).isFinite();
      }
      ScoreBatch moved = Small.scores(scorer, EventBatch.of(3, 5, -2, 43));
      assertThat(moved.logDensity(0)).isFinite().isLessThan(scores.logDensity(0) - 100);
    }
  }

  private static EventBatch withConstant(SplitMix random) {
    EventBatch ring = Small.ring(Small.BATCH, random);
    EventBatch batch = new EventBatch(Small.BATCH, 3);
    for (int i = 0; i < Small.BATCH; i++) {
      batch.add(new double[] {ring.get(i, 0), ring.get(i, 1), 42}, 0);
    }
    return batch;
  }

  private static EventBatch farRing(double times) {
    EventBatch ring = Small.ring(Small.BATCH, new SplitMix(906));
    EventBatch far = new EventBatch(Small.BATCH, 2);
    double[] mean = {5, -2};
    double[] spread = {2.1, 0.36};
    for (int i = 0; i < Small.BATCH; i++) {
      double[] event = Arrays.copyOfRange(ring.values(), 2 * i, 2 * i + 2);
      for (int j = 0; j < 2; j++) {
        event[j] = mean[j] + Math.signum(event[j] - mean[j]) * times * spread[j];
      }
      far.add(event, 0);
    }
    return far;
  }
}
