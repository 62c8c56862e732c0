package io.chartflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.random.SplitMix;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Events with gaps: what stands in for them, what is left of a density, and that they never teach.
 */
class MissingValuesTest {

  private static final double NAN = Double.NaN;

  private static final AtlasConfig AUTOREGRESSIVE =
      Small.config(2).withFlow(Small.config(2).flow().withLayers("chart-affine, maf"));

  private static final AtlasConfig INVERSE =
      Small.config(2).withFlow(Small.config(2).flow().withLayers("chart-affine, iaf"));

  private static final Atlas MAF = Small.atlas(Small.trainedOnRing(AUTOREGRESSIVE, 150));
  private static final Atlas IAF = Small.atlas(Small.trainedOnRing(INVERSE, 150));
  private static final Atlas COUPLINGS = Small.atlas(Small.trainedOnRing(Small.config(2), 60));

  static List<Atlas> autoregressive() {
    return List.of(MAF, IAF);
  }

  @ParameterizedTest
  @MethodSource("autoregressive")
  void theDensityOfWhatIsThereIsTheIntegralOverWhatIsNot(Atlas atlas) {
    try (AtlasScorer scorer = new JvmEngine().scorer(atlas, DensitySum.FULL)) {
      for (double x = 1; x <= 9; x += 0.5) {
        ScoreBatch told = observed(scorer, EventBatch.of(2, x, NAN));
        double expected = Math.log(integralOverY(scorer, x));

        assertThat(told.logDensity(0)).as("x = %s", x).isCloseTo(expected, offset(1e-3));
      }
    }
  }

  /** {@code ∫ p(x, y) dy} by midpoints. */
  private static double integralOverY(AtlasScorer scorer, double x) {
    int steps = 8000;
    double width = 16.0;
    EventBatch line = new EventBatch(steps, 2);
    for (int i = 0; i < steps; i++) {
      line.add(new double[] {x, -2 + width * ((i + 0.5) / steps - 0.5)}, 0);
    }
    ScoreBatch scores = Small.scores(scorer, line);
    double integral = 0;
    for (int i = 0; i < steps; i++) {
      integral += Math.exp(scores.logDensity(i)) * width / steps;
    }
    return integral;
  }

  @ParameterizedTest
  @MethodSource("autoregressive")
  void anEventWithoutGapsHasItsFullDensity(Atlas atlas) {
    try (AtlasScorer scorer = new JvmEngine().scorer(atlas, DensitySum.FULL)) {
      EventBatch events = Small.ring(100, new SplitMix(811));
      ScoreBatch full = Small.scores(scorer, events);
      ScoreBatch told = observed(scorer, events);
      for (int i = 0; i < events.size(); i++) {
        assertThat(told.logDensity(i)).isCloseTo(full.logDensity(i), offset(1e-5));
        assertThat(told.chart(i)).isEqualTo(full.chart(i));
        assertThat(told.posteriorSize(i)).isEqualTo(full.posteriorSize(i));
      }
    }
  }

  @Test
  void whatLiesBehindTheFirstGapIsLeftOutAndNothingHasNoDensity() {
    AtlasConfig config = Small.config(3).withFlow(AUTOREGRESSIVE.flow());
    try (AtlasTrainer trainer = new JvmEngine().trainer(config)) {
      SplitMix random = new SplitMix(812);
      for (int i = 0; i < 60; i++) {
        trainer.train(Small.curve(3, Small.BATCH, random));
      }
      AtlasScorer scorer = new JvmEngine().scorer(Small.atlas(trainer), DensitySum.TRUNCATED);
      ScoreBatch told = observed(scorer, EventBatch.of(3, 0.5, NAN, 1, 0.5, NAN, NAN, NAN, 0.5, 1));

      assertThat(told.logDensity(0)).isFinite().isEqualTo(told.logDensity(1));
      assertThat(told.logDensity(2)).isNaN();
    }
  }

  @Test
  void aFlowThatCannotLeaveFeaturesOutSaysSo() {
    try (AtlasScorer scorer = new JvmEngine().scorer(COUPLINGS, DensitySum.FULL)) {
      assertThat(scorer.scoresObserved()).isFalse();
      assertThatThrownBy(() -> observed(scorer, EventBatch.of(2, 1, NAN)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("got chart-affine, coupling×3");
    }
  }

  @Test
  void aGapIsFilledWithTheMeanOfAChartThatLooksLikeTheRest() {
    try (AtlasScorer scorer = new JvmEngine().scorer(COUPLINGS, DensitySum.TRUNCATED)) {
      EventBatch events = EventBatch.of(2, 8.2, NAN, NAN, -1.5, 7, -2.5);
      scorer.imputeInPlace(events, 2);

      assertThat(events.get(0, 0)).isEqualTo(8.2);
      assertThat(events.get(0, 1)).isIn(means(1)).isBetween(-2.4, -1.6);
      assertThat(events.get(1, 1)).isEqualTo(-1.5);
      assertThat(events.get(1, 0)).isIn(means(0)).isBetween(2.0, 8.0);
      assertThat(events.get(2, 0)).isEqualTo(7);
      assertThat(Small.scores(scorer, events).logDensity(0)).isFinite();
    }
  }

  @Test
  void onlyTheFirstFeaturesAreFilledAndARowDependsOnNoOther() {
    try (AtlasScorer scorer = new JvmEngine().scorer(COUPLINGS, DensitySum.TRUNCATED)) {
      EventBatch events = EventBatch.of(2, 8.2, NAN, NAN, -1.5);
      scorer.imputeInPlace(events, 1);
      EventBatch alone = EventBatch.of(2, NAN, -1.5);
      scorer.imputeInPlace(alone, 1);

      assertThat(events.get(0, 1)).isNaN();
      assertThat(events.get(1, 0)).isEqualTo(alone.get(0, 0));
    }
  }

  @Test
  void eventsWithGapsAreCountedAndTeachNothing() {
    EventBatch good = Small.ring(Small.BATCH, new SplitMix(813));
    EventBatch gappy = new EventBatch(Small.BATCH + 2, 2);
    gappy.add(new double[] {NAN, -2}, 0);
    for (int i = 0; i < Small.BATCH; i++) {
      gappy.add(good.values(), 2 * i);
    }
    gappy.add(new double[] {5, NAN}, 0);
    try (AtlasTrainer with = Small.trainedOnRing(Small.config(2), 60);
        AtlasTrainer without = Small.trainedOnRing(Small.config(2), 60)) {
      TrainReport report = Small.step(with, gappy);
      TrainReport expected = Small.step(without, good);

      assertThat(report.applied()).isTrue();
      assertThat(report.gaps()).isEqualTo(2);
      assertThat(report.scored()).isEqualTo(Small.BATCH);
      assertThat(report.logLikelihood()).isFinite().isEqualTo(expected.logLikelihood());
      assertThat(report.events()).isEqualTo(expected.events() + 2);
      assertThat(with.snapshot().quantizer()).isEqualTo(without.snapshot().quantizer());
      assertThat(with.snapshot().flow()).isEqualTo(without.snapshot().flow());
      assertThat(with.snapshot().calibration()).isEqualTo(without.snapshot().calibration());
      assertThat(with.snapshot().progress().prequential())
          .isEqualTo(without.snapshot().progress().prequential());
    }
  }

  @Test
  void aBatchOfNothingButGapsIsCountedAndNotRefused() {
    try (AtlasTrainer trainer = Small.trainedOnRing(Small.config(2), 60)) {
      TrainerState before = trainer.snapshot();
      TrainReport report = Small.step(trainer, EventBatch.of(2, 5, NAN, NAN, -2));
      TrainerState after = trainer.snapshot();

      assertThat(report.gaps()).isEqualTo(2);
      assertThat(report.scored()).isZero();
      assertThat(after.progress().events()).isEqualTo(before.progress().events() + 2);
      assertThat(after.progress().refused()).isEqualTo(before.progress().refused());
      assertThat(after.flow()).isEqualTo(before.flow());
    }
  }

  /** The charts' means of a feature, units of the input. */
  private static List<Double> means(int j) {
    List<Double> means = new ArrayList<>();
    for (int k = 0; k < COUPLINGS.config().charts().count(); k++) {
      double mean = COUPLINGS.chartMeans().get(2 * k + j);
      means.add(
          COUPLINGS.standardiser().mean().get(j) + COUPLINGS.standardiser().scale().get(j) * mean);
    }
    return means;
  }

  private static ScoreBatch observed(AtlasScorer scorer, EventBatch batch) {
    ScoreBatch scores = new ScoreBatch();
    scorer.scoreObserved(batch, scores);
    return scores;
  }
}
