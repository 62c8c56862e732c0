package io.chartflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.config.ChartsConfig;
import io.chartflow.model.config.TrainingConfig;
import io.chartflow.model.flow.ChartSet;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.random.SplitMix;
import io.chartflow.model.vq.ChartCover;
import io.chartflow.model.vq.PairList;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That training learns: on a batch that comes again, in every dimension, on curved sets. */
class LearningTest {

  private static final int FITTING = 4; // batches of the standardiser in Small.config

  @Test
  void oneMoreStepLowersTheLossOfAFixedBatch() {
    TrainingConfig slow =
        new TrainingConfig(Small.BATCH, 512, 5e-4, 300, 0.99, 5.0, 2e-3, 100, 0.02, 40);
    Network network = Network.of(Small.config(2).withTraining(slow));
    SplitMix random = new SplitMix(800);
    Workers workers = new Workers(1);
    FlowLearner learner = new FlowLearner(network, Kernels.best(), workers, random);
    Matrix x = LearnerGradientsTest.gaussian(60, 2, random);
    Matrix variances = Matrix.zeros(8, 2);
    variances.fill(0.5f);
    Matrix codes = LearnerGradientsTest.gaussian(8, 4, random);
    ChartSet charts = new ChartSet(codes, LearnerGradientsTest.gaussian(8, 2, random), variances);
    ChartCover cover = new ChartCover(network.config().charts(), Kernels.best());
    cover.use(codes);
    PairList pairs = new PairList();
    Matrix encodings = LearnerGradientsTest.gaussian(60, 4, random);
    for (int i = 0; i < 60; i++) {
      cover.cover(encodings, i, pairs);
    }
    double[] prior = new double[8];
    java.util.Arrays.fill(prior, -Math.log(8));
    learner.step(x, t -> pairs, charts, prior, 0);
    for (int step = 1; step <= 20; step++) {
      double before = learner.loss();
      learner.step(x, t -> pairs, charts, prior, step);
      assertThat(learner.loss()).as("after step %d", step).isLessThan(before);
    }
  }

  @Test
  void aBatchThatComesAgainGetsMoreProbable() {
    try (AtlasTrainer trainer = Small.trainedOnRing(Small.config(2), 50)) {
      EventBatch same = Small.ring(Small.BATCH, new SplitMix(801));
      double first = Small.step(trainer, same).logLikelihood();
      double last = first;
      for (int step = 0; step < 40; step++) {
        last = Small.step(trainer, same).logLikelihood();
      }
      assertThat(last).isGreaterThan(first + 0.1);
    }
  }

  @Test
  void theAutoencoderReconstructsABatchThatComesAgainBetter() {
    try (AtlasTrainer trainer = Small.trainedOnRing(Small.config(2), FITTING)) {
      EventBatch same = Small.ring(Small.BATCH, new SplitMix(802));
      double first = Small.step(trainer, same).reconstruction();
      TrainReport last = Small.step(trainer, same);
      for (int step = 0; step < 120; step++) {
        last = Small.step(trainer, same);
      }
      assertThat(last.reconstruction()).isLessThan(0.5 * first);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void everyDimensionIsLearned(int dimension) {
    SplitMix random = new SplitMix(803);
    try (AtlasTrainer trainer = new JvmEngine().trainer(Small.config(dimension))) {
      double first = Double.NaN;
      TrainReport report = Small.step(trainer, Small.curve(dimension, Small.BATCH, random));
      for (int i = 0; i < 250; i++) {
        report = Small.step(trainer, Small.curve(dimension, Small.BATCH, random));
        assertThat(report.applied()).isTrue();
        first = Double.isNaN(first) ? report.logLikelihood() : first;
      }
      Atlas atlas = Small.atlas(trainer);
      assertThat(report.logLikelihood()).isFinite().isGreaterThan(first + 0.1 * dimension);
      assertThat(report.usedCharts()).isGreaterThan(4);
      assertThat(atlas.meanZ()).isBetween(0.3, 1.0);
    }
  }

  @Test
  void chartsBeatOneGlobalFlowOnACurve() {
    assertThat(afterTraining(new ChartsConfig(16, 2, 0.1)))
        .isGreaterThan(afterTraining(ChartsConfig.single()) + 0.5);
  }

  private static double afterTraining(ChartsConfig charts) {
    SplitMix random = new SplitMix(804);
    try (AtlasTrainer trainer = new JvmEngine().trainer(Small.config(3).withCharts(charts))) {
      for (int i = 0; i < 500; i++) {
        trainer.train(Small.curve(3, Small.BATCH, random));
      }
      AtlasScorer scorer = new JvmEngine().scorer(Small.atlas(trainer), DensitySum.TRUNCATED);
      ScoreBatch scores = Small.scores(scorer, Small.curve(3, 2000, new SplitMix(805)));
      double sum = 0;
      for (int i = 0; i < scores.size(); i++) {
        sum += scores.logDensity(i);
      }
      return sum / scores.size();
    }
  }

  @Test
  void theStandardiserIsFittedThenTheChartsSettleThenTheFlowsBegin() {
    SplitMix random = new SplitMix(806);
    try (AtlasTrainer trainer = new JvmEngine().trainer(Small.config(2))) {
      for (int i = 0; i < FITTING; i++) {
        TrainReport report = Small.step(trainer, Small.ring(Small.BATCH, random));
        assertThat(report.fittingStandardiser()).isTrue();
        assertThat(report.step()).isZero();
      }
      for (int i = 0; i < 40; i++) {
        TrainReport report = Small.step(trainer, Small.ring(Small.BATCH, random));
        assertThat(report.fittingStandardiser()).isFalse();
        assertThat(report.step()).isEqualTo(i + 1);
        assertThat(report.logLikelihood()).isNaN();
        assertThat(trainer.isReady()).isFalse();
        assertThat(trainer.publish(new PublishRequest(1, 0, new TreeMap<>(), 0))).isEmpty();
      }
      trainer.train(Small.ring(Small.BATCH, random));
      TrainReport scored = Small.step(trainer, Small.ring(Small.BATCH, random));
      assertThat(trainer.isReady()).isTrue();
      assertThat(scored.logLikelihood()).isFinite();
      assertThat(scored.scored()).isEqualTo(Small.BATCH);
      assertThat(scored.events()).isEqualTo(46L * Small.BATCH);
    }
  }

  @Test
  void aBatchOfAnotherShapeIsRefused() {
    try (AtlasTrainer trainer = new JvmEngine().trainer(Small.config(2))) {
      assertThatThrownBy(() -> trainer.train(EventBatch.of(3, 1, 2, 3)))
          .hasMessage("expected a batch of events with 2 features, got 1 events with 3");
      assertThatThrownBy(() -> trainer.train(new EventBatch(4, 2)))
          .hasMessage("expected a batch of events with 2 features, got 0 events with 2");
    }
  }
}
