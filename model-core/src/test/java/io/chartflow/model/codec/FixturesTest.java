package io.chartflow.model.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.engine.AtlasScorer;
import io.chartflow.model.engine.AtlasTrainer;
import io.chartflow.model.engine.DensitySum;
import io.chartflow.model.engine.EventBatch;
import io.chartflow.model.engine.JvmEngine;
import io.chartflow.model.engine.ScoreBatch;
import io.chartflow.model.engine.Small;
import io.chartflow.model.engine.TrainReport;
import io.chartflow.model.engine.TrainerState;
import io.chartflow.model.random.SplitMix;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files of every format that was ever written load and mean the same. Each line of a file {@code
 * golden-*.csv}, from an independent implementation: the event; for each sum in the order of {@link
 * DensitySum} its log-density, in version 1 followed by its posterior over all charts.
 */
class FixturesTest {

  private final Atlas atlas = AtlasCodec.decode(Fixtures.bytes("atlas-v1.bin"));
  private final List<double[]> golden = Fixtures.numbers("golden-v1.csv");

  @ParameterizedTest
  @EnumSource(DensitySum.class)
  void densitiesOfTheFirstFormatAreThoseOfTheIndependentImplementation(DensitySum sum) {
    int charts = atlas.config().charts().count();
    int at = 2 + sum.ordinal() * (1 + charts);
    AtlasScorer scorer = new JvmEngine().scorer(atlas, sum);
    for (double[] line : golden) {
      ScoreBatch scores = Small.scores(scorer, EventBatch.of(2, line[0], line[1]));
      assertThat(scores.logDensity(0))
          .as("%s of (%s, %s)", sum, line[0], line[1])
          .isCloseTo(line[at], offset(1e-4 * Math.max(1, Math.abs(line[at]))));
      double total = 0;
      for (int p = 0; p < scores.posteriorSize(0); p++) {
        double expected = line[at + 1 + scores.posteriorChart(0, p)];
        assertThat((double) scores.posterior(0, p)).isCloseTo(expected, offset(1e-3));
        total += expected;
      }
      assertThat(total).as("no chart is missing").isCloseTo(1, offset(1e-9));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"coupling", "splines", "maf", "iaf", "linear", "sphere", "ball", "marginals"})
  void densitiesOfTheSecondFormatAreThoseOfTheIndependentImplementation(String kind) {
    Atlas second = AtlasCodec.decode(Fixtures.bytes("atlas-v2-" + kind + ".bin"));
    List<double[]> lines = Fixtures.numbers("golden-v2-" + kind + ".csv");
    assertThat(lines).hasSizeGreaterThan(40);
    int d = second.config().dimension();
    for (DensitySum sum : DensitySum.values()) {
      AtlasScorer scorer = new JvmEngine().scorer(second, sum);
      for (double[] line : lines) {
        EventBatch event = EventBatch.of(d, Arrays.copyOf(line, d));
        double expected = line[d + sum.ordinal()];
        assertThat(Small.scores(scorer, event).logDensity(0))
            .as("%s of %s", sum, Arrays.toString(line))
            .isCloseTo(expected, offset(1e-4 * Math.max(1, Math.abs(expected))));
      }
    }
    assertThat(AtlasCodec.encode(second)).isEqualTo(Fixtures.bytes("atlas-v2-" + kind + ".bin"));
    assertThat(second.pValues().isEmpty()).isFalse();
  }

  @Test
  void theSecondTrainersStateLoadsAndGoesOnLearning() {
    byte[] bytes = Fixtures.bytes("trainer-v2.bin");
    TrainerState state = TrainerStateCodec.decode(bytes);
    assertThat(TrainerStateCodec.encode(state)).isEqualTo(bytes);
    try (AtlasTrainer trainer = new JvmEngine().trainer(state)) {
      assertThat(trainer.snapshot()).isEqualTo(state);
      TrainReport report = Small.step(trainer, Small.ring(Small.BATCH, new SplitMix(3)));

      assertThat(report.applied()).isTrue();
      assertThat(report.events()).isEqualTo(60 * Small.BATCH + Small.BATCH);
      assertThat(report.logLikelihood()).isBetween(-5.0, 0.5);
    }
  }

  @Test
  void theGoldenEventsLieOnTheDataAndFarFromThem() {
    assertThat(golden).hasSizeGreaterThan(60);
    assertThat(golden).anyMatch(line -> line[2] < -100).anyMatch(line -> line[2] > -2.5);
  }

  @Test
  void theFirstAtlasSaysWhereItComesFrom() {
    assertThat(atlas.manifest().version()).isEqualTo(7);
    assertThat(atlas.manifest().parent()).isEqualTo(6);
    assertThat(atlas.manifest().configHash()).isEqualTo("ee48758ea0499950");
    assertThat(atlas.manifest().events()).isEqualTo(51_200);
    assertThat(atlas.manifest().hasLearned("events", 0, 51_199)).isTrue();
    assertThat(atlas.manifest().hasLearned("events", 0, 51_200)).isFalse();
    assertThat(atlas.manifest().hasLearned("events", 1, 0)).isFalse();
    assertThat(atlas.config().charts().count()).isEqualTo(4);
  }

  @Test
  void theFirstTrainersStateLoadsAndGoesOnLearning() {
    TrainerState state = TrainerStateCodec.decode(Fixtures.bytes("trainer-v1.bin"));
    try (AtlasTrainer trainer = new JvmEngine().trainer(state)) {
      assertThat(trainer.snapshot()).isEqualTo(state);
      TrainReport report = Small.step(trainer, Small.ring(Small.BATCH, new SplitMix(3)));

      assertThat(report.applied()).isTrue();
      assertThat(report.events()).isEqualTo(51_200 + Small.BATCH);
      assertThat(report.logLikelihood()).isBetween(-2.0, 0.5);
    }
  }

  @Test
  void theFirstFormatsAreWrittenInTheNewestAndComeBack() {
    TrainerState trainer = TrainerStateCodec.decode(Fixtures.bytes("trainer-v1.bin"));

    assertThat(AtlasCodec.decode(AtlasCodec.encode(atlas))).isEqualTo(atlas);
    assertThat(TrainerStateCodec.decode(TrainerStateCodec.encode(trainer))).isEqualTo(trainer);
  }
}
