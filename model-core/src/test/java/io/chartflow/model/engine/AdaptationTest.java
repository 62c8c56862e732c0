package io.chartflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.chartflow.model.codec.TrainerStateCodec;
import io.chartflow.model.config.AdaptationConfig;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.marginal.FeatureMap;
import io.chartflow.model.online.LearningRates;
import io.chartflow.model.random.SplitMix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A world that changes, and events that should not teach. */
class AdaptationTest {

  private static final AtlasConfig WATCHING = Small.config(2);
  private static final AtlasConfig BLIND = with(new AdaptationConfig(0, 0, 0, 0, 0));

  @Test
  void aShiftOpensTheTimeScalesAndTheModelComesBackSooner() {
    SplitMix random = new SplitMix(21);
    try (AtlasTrainer watching = Small.trainedOnRing(WATCHING, 500);
        AtlasTrainer blind = Small.trainedOnRing(BLIND, 500)) {
      assertThat(watching.snapshot().progress().clock().openings()).isZero();
      int opened = 0;
      double last = 0;
      double lastBlind = 0;
      for (int i = 0; i < 250; i++) {
        EventBatch batch = shifted(Small.BATCH, random);
        TrainReport report = Small.step(watching, batch);
        double without = Small.step(blind, batch).logLikelihood();
        opened += report.opened() ? 1 : 0;
        last += i < 200 ? 0 : report.logLikelihood() / 50;
        lastBlind += i < 200 ? 0 : without / 50;
      }
      assertThat(opened).isGreaterThanOrEqualTo(1);
      assertThat(blind.snapshot().progress().clock().openings()).isZero();
      assertThat(last).isGreaterThan(lastBlind);
    }
  }

  /** A density cannot be better than the truth on average: what is, integrates to more than one. */
  @Test
  void afterAChangeTheScoreStaysBelowTheTruth() {
    SplitMix random = new SplitMix(28);
    // Of shifted(): −log 2π for the angle, −½ log(2πe·0.1²) for the radius, −log(3·1.5) − E log r.
    double truth =
        -Math.log(2 * Math.PI)
            - 0.5 * Math.log(2 * Math.PI * Math.E * 0.01)
            - Math.log(4.5)
            + 0.005;
    try (AtlasTrainer trainer = Small.trainedOnRing(WATCHING, 500)) {
      for (int window = 0; window < 30; window++) {
        double mean = 0;
        for (int i = 0; i < 20; i++) {
          mean += Small.step(trainer, shifted(Small.BATCH, random)).logLikelihood() / 20;
        }
        assertThat(mean).as("window %d", window).isLessThan(truth + 0.1);
      }
    }
  }

  @Test
  void aStreamThatStaysOpensNothing() {
    try (AtlasTrainer trainer = Small.trainedOnRing(WATCHING, 1500)) {
      assertThat(trainer.snapshot().progress().clock().openings()).isZero();
    }
  }

  @Test
  void anOpeningForgetsTheOldSurprisals() {
    SplitMix random = new SplitMix(22);
    try (AtlasTrainer trainer = Small.trainedOnRing(WATCHING, 500)) {
      TrainReport report = Small.step(trainer, shifted(Small.BATCH, random));
      while (!report.opened()) {
        report = Small.step(trainer, shifted(Small.BATCH, random));
      }
      assertThat(trainer.snapshot().calibration().calibrator().surprisals().size())
          .isLessThanOrEqualTo(Small.BATCH);
      assertThat(trainer.snapshot().progress().clock().flows()).isZero();
      assertThat(trainer.snapshot().progress().clock().charts())
          .as("the codes are placed once more")
          .isEqualTo(30);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1280, 12_800})
  void aHalfLifeKeepsTheTimeScalesOpen(long halfLife) {
    AtlasConfig config = with(new AdaptationConfig(0, halfLife, 0, 0, 0));

    assertThat(LearningRates.flowClock(config, 1_000_000)).isEqualTo(halfLife / Small.BATCH);
    assertThat(LearningRates.flowClock(config, 3)).isEqualTo(3);
    assertThat(LearningRates.chartClock(config, 3)).isEqualTo(3);
    assertThat(Math.pow(LearningRates.decay(config), (double) halfLife / Small.BATCH))
        .isCloseTo(0.5, offset(1e-12));
    assertThat(LearningRates.decay(WATCHING)).isEqualTo(0.99);
    try (AtlasTrainer trainer = Small.trainedOnRing(config, 120)) {
      assertThat(Small.step(trainer, Small.ring(Small.BATCH, new SplitMix(1))).applied()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 1280, 2560, 3840, 5120, 12_800})
  void aHalfLifeNeverStartsTheCodesAgain(long halfLife) {
    AtlasConfig config = with(new AdaptationConfig(0, halfLife, 0, 0, 0));
    for (long clock = config.training().flowDelay(); clock < 1000; clock++) {
      long charts = LearningRates.chartClock(config, clock);
      assertThat(LearningRates.restartsCodes(config.training(), charts)).isFalse();
    }
  }

  @Test
  void replayedEventsComeOnTopAndLearningIsRepeatable() {
    AtlasConfig config = with(new AdaptationConfig(8, 0, 300, 0.5, 0));
    try (AtlasTrainer one = Small.trainedOnRing(config, 90);
        AtlasTrainer usual = Small.trainedOnRing(WATCHING, 90)) {
      TrainerState state = one.snapshot();
      assertThat(state.replay().count()).isEqualTo(86L * Small.BATCH); // four fitted the features
      assertThat(state.replay().rows().size()).isEqualTo(300 * 2);
      assertThat(state.flow()).isNotEqualTo(usual.snapshot().flow());
      try (AtlasTrainer other =
          new JvmEngine(2).trainer(TrainerStateCodec.decode(TrainerStateCodec.encode(state)))) {
        EventBatch next = Small.ring(Small.BATCH, new SplitMix(23));
        assertThat(Small.step(other, next)).isEqualTo(Small.step(one, next));
        assertThat(other.snapshot()).isEqualTo(one.snapshot());
      }
    }
  }

  @Test
  void aGuardedModelDoesNotLearnClutter() {
    double clean = meanOnRing(with(new AdaptationConfig(0, 0, 0, 0, 0.01)), 0);
    double guarded = meanOnRing(with(new AdaptationConfig(0, 0, 0, 0, 0.01)), 0.05);
    double open = meanOnRing(with(new AdaptationConfig(0, 0, 0, 0, 0)), 0.05);

    assertThat(guarded).isCloseTo(clean, offset(0.05));
    assertThat(open).isLessThan(guarded);
  }

  @Test
  void guardedClutterIsNoNewWorldButAShiftIs() {
    SplitMix random = new SplitMix(29);
    AtlasConfig guarding = with(new AdaptationConfig(8, 0, 0, 0, 0.01));
    try (AtlasTrainer guarded = Small.trainedOnRing(guarding, 500);
        AtlasTrainer open = Small.trainedOnRing(WATCHING, 500)) {
      for (int i = 0; i < 300; i++) {
        EventBatch batch = cluttered(0.05, random);
        guarded.train(batch);
        open.train(batch);
      }
      assertThat(guarded.snapshot().progress().clock().openings()).isZero();
      assertThat(open.snapshot().progress().clock().openings()).isGreaterThan(0);

      int batches = 0;
      while (!Small.step(guarded, shifted(Small.BATCH, random)).opened()) {
        batches++;
        assertThat(batches).as("batches of the shifted ring").isLessThan(200);
      }
    }
  }

  /** Mean log-density of clean events after clutter came for a while. */
  private static double meanOnRing(AtlasConfig config, double clutter) {
    SplitMix random = new SplitMix(24);
    try (AtlasTrainer trainer = Small.trainedOnRing(config, 400)) {
      for (int i = 0; i < 300; i++) {
        trainer.train(cluttered(clutter, random));
      }
      AtlasScorer scorer = new JvmEngine().scorer(Small.atlas(trainer), DensitySum.TRUNCATED);
      ScoreBatch scores = Small.scores(scorer, Small.ring(3000, new SplitMix(25)));
      double sum = 0;
      for (int i = 0; i < scores.size(); i++) {
        sum += scores.logDensity(i);
      }
      return sum / scores.size();
    }
  }

  @Test
  void aStreamThatComesInOtherUnitsIsLearnedAnew() {
    SplitMix random = new SplitMix(26);
    try (AtlasTrainer trainer = Small.trainedOnRing(WATCHING, 300);
        AtlasTrainer blind = Small.trainedOnRing(BLIND, 300)) {
      int opened = 0;
      for (int i = 0; i < 304; i++) {
        EventBatch batch = otherUnits(Small.BATCH, random);
        opened += Small.step(trainer, batch).opened() ? 1 : 0;
        blind.train(batch);
        if (i == 4) {
          assertThat(trainer.isReady()).as("nothing is published yet").isFalse();
        }
      }

      assertThat(opened).isEqualTo(1);
      double settled = Small.step(trainer, otherUnits(Small.BATCH, random)).logLikelihood();
      double before =
          Small.trainedOnRing(WATCHING, 304).snapshot().progress().prequential().value();
      assertThat(settled).isCloseTo(before - 2 * Math.log(1e4), offset(0.5));
      assertThat(Small.step(blind, otherUnits(Small.BATCH, random)).logLikelihood())
          .isLessThan(-1e3);
    }
  }

  @Test
  void farEventsAmongOthersChangeNoUnits() {
    SplitMix random = new SplitMix(27);
    try (AtlasTrainer trainer = Small.trainedOnRing(WATCHING, 100)) {
      FeatureMap units = trainer.snapshot().features().map().orElseThrow();
      for (int i = 0; i < 40; i++) {
        trainer.train(otherUnits(Small.BATCH, random));
        trainer.train(otherUnits(Small.BATCH, random));
        trainer.train(otherUnits(Small.BATCH, random));
        trainer.train(Small.ring(Small.BATCH, random));
      }

      assertThat(trainer.snapshot().features().map()).hasValue(units);
    }
  }

  /** The ring, in units ten thousand times smaller. */
  private static EventBatch otherUnits(int count, SplitMix random) {
    EventBatch ring = Small.ring(count, random);
    EventBatch scaled = new EventBatch(count, 2);
    for (int i = 0; i < count; i++) {
      scaled.add(new double[] {1e4 * ring.get(i, 0), 1e4 * ring.get(i, 1)}, 0);
    }
    return scaled;
  }

  /** A batch of the ring in which a share of the events is uniform around it. */
  private static EventBatch cluttered(double share, SplitMix random) {
    EventBatch batch = new EventBatch(Small.BATCH, 2);
    EventBatch ring = Small.ring(Small.BATCH, random);
    for (int j = 0; j < Small.BATCH; j++) {
      double[] far = {
        1 + 8 * random.nextDouble(), -3 + 2 * random.nextDouble(), random.nextDouble()
      };
      if (far[2] < share) {
        batch.add(far, 0);
      } else {
        batch.add(ring.values(), 2 * j);
      }
    }
    return batch;
  }

  /** The ring, moved by a part of its width and stretched. */
  private static EventBatch shifted(int count, SplitMix random) {
    EventBatch ring = Small.ring(count, random);
    EventBatch moved = new EventBatch(count, 2);
    for (int i = 0; i < count; i++) {
      moved.add(new double[] {ring.get(i, 0) + 3, -2 + 3 * (ring.get(i, 1) + 2)}, 0);
    }
    return moved;
  }

  private static AtlasConfig with(AdaptationConfig adaptation) {
    return Small.config(2).withAdaptation(adaptation);
  }
}
