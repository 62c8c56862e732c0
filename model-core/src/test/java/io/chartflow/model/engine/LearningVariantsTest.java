package io.chartflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.chartflow.model.codec.TrainerStateCodec;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.ChartPrior;
import io.chartflow.model.config.ChartsConfig;
import io.chartflow.model.config.CodebookUpdate;
import io.chartflow.model.config.ConfigException;
import io.chartflow.model.config.EncoderKind;
import io.chartflow.model.config.Objective;
import io.chartflow.model.config.QuantizerConfig;
import io.chartflow.model.config.TrainingConfig;
import io.chartflow.model.flow.ChartSet;
import io.chartflow.model.linalg.Floats;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.random.SplitMix;
import io.chartflow.model.vq.PairList;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The other ways to learn: each learns what the usual way learns, to bits that can be repeated. */
class LearningVariantsTest {

  private static final AtlasConfig USUAL = Small.config(2);
  private static final ChartsConfig RESPONSIBLE =
      new ChartsConfig(8, 2, 0.1, ChartPrior.RESPONSIBILITY);
  private static final QuantizerConfig GRADIENT =
      new QuantizerConfig(4, 16, 0.25, 0.99, EncoderKind.NETWORK, CodebookUpdate.GRADIENT);
  private static final QuantizerConfig K_MEANS =
      new QuantizerConfig(2, 16, 0.25, 0.99, EncoderKind.IDENTITY, CodebookUpdate.EMA);
  private static final QuantizerConfig K_MEANS_BY_GRADIENT =
      new QuantizerConfig(2, 16, 0.25, 0.99, EncoderKind.IDENTITY, CodebookUpdate.GRADIENT);

  static Stream<AtlasConfig> variants() {
    return Stream.of(
        USUAL.withTraining(sampled()),
        USUAL.withCharts(RESPONSIBLE),
        USUAL.withQuantizer(GRADIENT),
        USUAL.withQuantizer(K_MEANS),
        USUAL.withQuantizer(K_MEANS_BY_GRADIENT),
        USUAL.withFlow(USUAL.flow().withLayers("chart-affine, maf×3")),
        USUAL.withFlow(USUAL.flow().withLayers("chart-affine, iaf×3")),
        USUAL.withFlow(USUAL.flow().withLayers("chart-affine, spline-coupling×3")),
        USUAL.withFlow(USUAL.flow().withLayers("coupling×4")));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void everyVariantLearnsTheRing(AtlasConfig config) {
    try (AtlasTrainer usual = Small.trainedOnRing(USUAL, 300);
        AtlasTrainer variant = Small.trainedOnRing(config, 300)) {
      double expected = meanLogDensity(usual);
      assertThat(meanLogDensity(variant)).isGreaterThan(expected - 0.25);
      assertThat(Small.step(variant, Small.ring(Small.BATCH, new SplitMix(4))).usedCharts())
          .isGreaterThan(4);
    }
  }

  @ParameterizedTest
  @MethodSource("variants")
  void everyVariantGoesOnToTheSameBitsWithAnyNumberOfWorkers(AtlasConfig config) {
    try (AtlasTrainer one = Small.trainedOnRing(config, 50);
        AtlasTrainer first = Small.trainedOnRing(config, 45)) {
      byte[] bytes = TrainerStateCodec.encode(first.snapshot());
      try (AtlasTrainer second = new JvmEngine(3).trainer(TrainerStateCodec.decode(bytes))) {
        SplitMix random = new SplitMix(77);
        for (int i = 0; i < 45; i++) {
          Small.ring(Small.BATCH, random); // those that were learned before
        }
        for (int i = 45; i < 50; i++) {
          second.train(Small.ring(Small.BATCH, random));
        }
        assertThat(second.snapshot()).isEqualTo(one.snapshot());
      }
    }
  }

  @Test
  void theSampledObjectiveDrawsChartsInProportionToTheirPrior() {
    double[] responsibility = stepOnTwoCharts(USUAL.withTraining(sampled()), 3000);

    assertThat(responsibility[0]).isCloseTo(0.9 * 3000, offset(60.0));
    assertThat(Arrays.stream(responsibility).sum()).isCloseTo(3000, offset(1e-6));
    assertThat(Arrays.stream(responsibility)).allMatch(r -> r == Math.rint(r));
  }

  @Test
  void theMarginalObjectiveTellsThePosteriorsSum() {
    double[] responsibility = stepOnTwoCharts(USUAL, 500);

    assertThat(Arrays.stream(responsibility).sum()).isCloseTo(500, offset(1e-6));
    assertThat(responsibility[0]).isNotEqualTo(Math.rint(responsibility[0]));
  }

  @Test
  void codesThatLearnByGradientHaveTheGradientOfTheirDistance() {
    TrainingConfig still =
        new TrainingConfig(Small.BATCH, 512, 5e-3, 300, 0.99, 1e9, 1e-12, 100, 0.02, 40);
    Network network = Network.of(USUAL.withQuantizer(K_MEANS_BY_GRADIENT).withTraining(still));
    Workers workers = new Workers(1);
    SplitMix random = new SplitMix(5);
    QuantizerLearner learner = new QuantizerLearner(network, Kernels.best(), workers, random);
    Matrix x = LearnerGradientsTest.gaussian(150, 2, random);
    learner.step(x, 0, 0, random);

    Floats codes = learner.state().codebook().codes();
    double[] expected = new double[codes.size()];
    for (int i = 0; i < x.rows(); i++) {
      int k = nearest(codes, x, i);
      for (int j = 0; j < 2; j++) {
        expected[2 * k + j] += 2 * (codes.get(2 * k + j) - x.get(i, j)) / (150 * 2);
      }
    }
    Floats moments = learner.state().adam().m();
    assertThat(moments.size()).isEqualTo(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(moments.get(i) / (1 - 0.9f)).isCloseTo((float) expected[i], offset(1e-5f));
    }
  }

  @Test
  void aPriorOfPosteriorsNeedsTheObjectiveThatSeesThem() {
    AtlasConfig responsible = USUAL.withCharts(RESPONSIBLE);

    assertThatThrownBy(() -> responsible.withTraining(sampled()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "model.charts.prior must be coverage with training.objective=sampled");
  }

  /** The charts' responsibilities. */
  private static double[] stepOnTwoCharts(AtlasConfig config, int rows) {
    Network network = Network.of(config);
    SplitMix random = new SplitMix(9);
    FlowLearner learner = new FlowLearner(network, Kernels.best(), new Workers(1), random);
    Matrix variances = Matrix.zeros(8, 2);
    variances.fill(1);
    ChartSet charts =
        new ChartSet(
            LearnerGradientsTest.gaussian(8, 4, random),
            LearnerGradientsTest.gaussian(8, 2, random),
            variances);
    double[] prior = new double[8];
    prior[0] = Math.log(0.9);
    prior[1] = Math.log(0.1);
    Matrix x = LearnerGradientsTest.gaussian(rows, 2, random);
    learner.step(x, tile -> bothCover(rows, tile), charts, prior, 0);
    return learner.responsibility();
  }

  private static PairList bothCover(int rows, int tile) {
    PairList pairs = new PairList();
    for (int i = tile * Network.TILE; i < Math.min(rows, (tile + 1) * Network.TILE); i++) {
      pairs.addCharts(0, 1);
    }
    return pairs;
  }

  private static int nearest(Floats codes, Matrix x, int i) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int k = 0; k < codes.size() / 2; k++) {
      double distance =
          Math.hypot(codes.get(2 * k) - x.get(i, 0), codes.get(2 * k + 1) - x.get(i, 1));
      if (distance < least) {
        least = distance;
        best = k;
      }
    }
    return best;
  }

  private static double meanLogDensity(AtlasTrainer trainer) {
    AtlasScorer scorer = new JvmEngine().scorer(Small.atlas(trainer), DensitySum.TRUNCATED);
    ScoreBatch scores = Small.scores(scorer, Small.ring(2000, new SplitMix(6)));
    double sum = 0;
    for (int i = 0; i < scores.size(); i++) {
      sum += scores.logDensity(i);
    }
    return sum / scores.size();
  }

  static TrainingConfig sampled() {
    return new TrainingConfig(
        Small.BATCH, 512, 5e-3, 300, 0.99, 5.0, 2e-3, 100, 0.02, 40, Objective.SAMPLED);
  }
}
