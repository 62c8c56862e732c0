package io.chartflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.codec.AtlasCodec;
import io.chartflow.model.codec.TrainerStateCodec;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.MarginalKind;
import io.chartflow.model.random.SplitMix;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams as they are: heavy tails, huge scales, constants, few values. Learning stays sane. */
class RealMarginalsTest {

  @ParameterizedTest
  @EnumSource(MarginalKind.class)
  void withEveryTransformTheDensityIntegratesToOne(MarginalKind kind) {
    AtlasConfig config = Small.config(1).withMarginals(List.of(kind));
    try (AtlasTrainer trainer = new JvmEngine().trainer(config)) {
      learn(trainer, 1, RealMarginalsTest::studentOnTwo, 200);
      AtlasScorer scorer = new JvmEngine().scorer(Small.atlas(trainer), DensitySum.TRUNCATED);
      double mass = 0;
      double h = 0.01;
      for (double t = -20 + h / 2; t < 20; t += h) { // x = sinh t reaches far into the tails
        ScoreBatch score = Small.scores(scorer, EventBatch.of(1, Math.sinh(t)));
        mass += Math.exp(score.logDensity(0)) * Math.cosh(t) * h;
      }
      assertThat(mass).isCloseTo(1, offset(0.02));
    }
  }

  @Test
  void aTransformRaisesTheLikelihoodOfHeavyTails() {
    assertThat(meanOn(MarginalKind.ASINH)).isGreaterThan(meanOn(MarginalKind.NONE) + 0.05);
    assertThat(meanOn(MarginalKind.SPLINE)).isGreaterThan(meanOn(MarginalKind.NONE) + 0.05);
  }

  @ParameterizedTest
  @EnumSource(MarginalKind.class)
  void aConstantAHugeAndATenValuedFeatureAreLearnedToFiniteDensities(MarginalKind kind) {
    AtlasConfig config = Small.config(4).withMarginals(List.of(kind, kind, kind, kind));
    SplitMix random = new SplitMix(3);
    try (AtlasTrainer trainer = new JvmEngine().trainer(config)) {
      TrainReport report = Small.step(trainer, odd(random, Small.BATCH));
      for (int i = 0; i < 200; i++) {
        report = Small.step(trainer, odd(random, Small.BATCH));
        assertThat(report.applied()).isTrue();
      }
      assertThat(report.logLikelihood()).isFinite();
      Atlas atlas = Small.atlas(trainer);
      AtlasScorer scorer = new JvmEngine().scorer(atlas, DensitySum.TRUNCATED);
      ScoreBatch scores = Small.scores(scorer, odd(random, 500));
      for (int i = 0; i < scores.size(); i++) {
        assertThat(scores.logDensity(i)).isFinite();
      }
      assertThat(AtlasCodec.decode(AtlasCodec.encode(atlas))).isEqualTo(atlas);
      TrainerState state = trainer.snapshot();
      assertThat(TrainerStateCodec.decode(TrainerStateCodec.encode(state))).isEqualTo(state);
      EventBatch samples = scorer.sample(200, 9);
      for (int i = 0; i < samples.size(); i++) {
        assertThat(samples.get(i, 1)).as("the huge feature").isBetween(-1e11, 1e11);
        assertThat(samples.get(i, 0)).as("the constant").isCloseTo(7, offset(1e-3));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(MarginalKind.class)
  void hugeAndTenValuedFeaturesAreLearnedAsWellAsOthers(MarginalKind kind) {
    AtlasConfig config = Small.config(3).withMarginals(List.of(kind, kind, kind));
    double normal = -0.5 * Math.log(2 * Math.PI * Math.E);
    double truth = 2 * normal - Math.log(0.3e9) - Math.log(10);
    SplitMix random = new SplitMix(8);
    try (AtlasTrainer trainer = new JvmEngine().trainer(config)) {
      for (int i = 0; i < 600; i++) {
        trainer.train(dequantised(random, Small.BATCH));
      }
      AtlasScorer scorer = new JvmEngine().scorer(Small.atlas(trainer), DensitySum.TRUNCATED);
      ScoreBatch scores = Small.scores(scorer, dequantised(random, 4000));
      double sum = 0;
      for (int i = 0; i < scores.size(); i++) {
        sum += scores.logDensity(i);
      }
      assertThat(sum / scores.size()).isBetween(truth - 0.25, truth + 0.05);
    }
  }

  /** As the above without the constant, the ten values dequantised. */
  private static EventBatch dequantised(SplitMix random, int count) {
    EventBatch odd = odd(random, count);
    EventBatch batch = new EventBatch(count, 3);
    for (int i = 0; i < count; i++) {
      double value = odd.get(i, 2) + random.nextDouble() - 0.5;
      batch.add(new double[] {odd.get(i, 1), value, odd.get(i, 3)}, 0);
    }
    return batch;
  }

  @Test
  void oneOutlierAmongTheFirstEventsDoesNotSetTheScale() {
    try (AtlasTrainer trainer = new JvmEngine().trainer(Small.config(1))) {
      EventBatch batch = new EventBatch(512, 1);
      SplitMix random = new SplitMix(4);
      for (int i = 0; i < 512; i++) {
        batch.add(new double[] {i == 100 ? 1e90 : random.nextGaussian()}, 0);
      }
      trainer.train(batch);
      double scale =
          trainer.snapshot().features().map().orElseThrow().standardiser().scale().get(0);
      assertThat(scale).isCloseTo(1, offset(0.15));
    }
  }

  private static double meanOn(MarginalKind kind) {
    AtlasConfig config = Small.config(1).withMarginals(List.of(kind));
    try (AtlasTrainer trainer = new JvmEngine().trainer(config)) {
      learn(trainer, 1, RealMarginalsTest::studentOnTwo, 250);
      AtlasScorer scorer = new JvmEngine().scorer(Small.atlas(trainer), DensitySum.TRUNCATED);
      SplitMix random = new SplitMix(6);
      EventBatch test = new EventBatch(4000, 1);
      for (int i = 0; i < 4000; i++) {
        test.add(new double[] {studentOnTwo(random.nextDouble())}, 0);
      }
      ScoreBatch scores = Small.scores(scorer, test);
      double sum = 0;
      for (int i = 0; i < scores.size(); i++) {
        sum += scores.logDensity(i);
      }
      return sum / scores.size();
    }
  }

  private static void learn(
      AtlasTrainer trainer, int dimension, DoubleUnaryOperator quantile, int batches) {
    SplitMix random = new SplitMix(5);
    EventBatch batch = new EventBatch(Small.BATCH, dimension);
    for (int b = 0; b < batches; b++) {
      batch.clear();
      for (int i = 0; i < Small.BATCH; i++) {
        batch.add(new double[] {quantile.applyAsDouble(random.nextDouble())}, 0);
      }
      trainer.train(batch);
    }
  }

  /** The quantile of Student's distribution with two degrees of freedom. */
  private static double studentOnTwo(double u) {
    double p = Math.min(Math.max(u, 1e-12), 1 - 1e-12);
    return (2 * p - 1) / Math.sqrt(2 * p * (1 - p));
  }

  /** A constant, a feature in billions, one of ten values, and an ordinary one. */
  private static EventBatch odd(SplitMix random, int count) {
    EventBatch batch = new EventBatch(count, 4);
    for (int i = 0; i < count; i++) {
      double z = random.nextGaussian();
      batch.add(
          new double[] {7, 1e9 * (z + 0.3 * random.nextGaussian()), random.nextInt(10), z}, 0);
    }
    return batch;
  }
}
