package io.chartflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.random.SplitMix;
import org.junit.jupiter.api.Test;

/** What a report says became of each event of its batch. */
class TrainReportTest {

  private static final AtlasConfig GUARDED =
      Small.config(2).withAdaptation(Small.config(2).adaptation().withGuard(0.1));

  @Test
  void aBatchOfGuardedEventsIsNoRefusedStep() {
    try (AtlasTrainer trainer = Small.trainedOnRing(GUARDED, 200)) {
      long refused = trainer.snapshot().progress().refused();
      TrainReport report = Small.step(trainer, clutter());

      assertThat(report.guarded()).isEqualTo(Small.BATCH);
      assertThat(report.applied()).isFalse();
      assertThat(report.refused()).isFalse();
      assertThat(trainer.snapshot().progress().refused()).isEqualTo(refused);
    }
  }

  @Test
  void aBatchOfIncompleteEventsIsNoRefusedStep() {
    try (AtlasTrainer trainer = Small.trainedOnRing(Small.config(2), 60)) {
      EventBatch batch = new EventBatch(3, 2);
      for (int i = 0; i < 3; i++) {
        batch.add(new double[] {5, Double.NaN}, 0);
      }
      TrainReport report = Small.step(trainer, batch);

      assertThat(report.gaps()).isEqualTo(3);
      assertThat(report.applied()).isFalse();
      assertThat(report.refused()).isFalse();
    }
  }

  @Test
  void everyEventTaughtOrIsToldWhyNot() {
    EventBatch mixed = new EventBatch(Small.BATCH, 2);
    EventBatch ring = Small.ring(Small.BATCH, new SplitMix(904));
    for (int i = 0; i < Small.BATCH; i++) {
      switch (i % 8) {
        case 1 -> mixed.add(new double[] {5, Double.NaN}, 0);
        case 2 -> mixed.add(new double[] {1e6, 1e6}, 0);
        case 3 -> mixed.add(new double[] {5, -2 + 0.01 * i}, 0);
        default -> mixed.add(ring.values(), 2 * i);
      }
    }
    try (AtlasTrainer open = Small.trainedOnRing(Small.config(2), 200);
        AtlasTrainer guarded = Small.trainedOnRing(GUARDED, 200)) {
      TrainReport without = Small.step(open, mixed);
      TrainReport with = Small.step(guarded, mixed);

      assertThat(without.gaps()).isEqualTo(Small.BATCH / 8);
      assertThat(without.far()).isEqualTo(Small.BATCH / 8);
      assertThat(without.guarded()).isZero();
      assertThat(without.taught()).isEqualTo(Small.BATCH * 6 / 8);
      assertThat(with.gaps()).isEqualTo(Small.BATCH / 8);
      assertThat(with.guarded()).isGreaterThanOrEqualTo(Small.BATCH / 4);
      assertThat(with.gaps() + with.guarded() + with.far() + with.taught()).isEqualTo(Small.BATCH);
      assertThat(with.applied()).isTrue();
    }
  }

  /** In the middle of the ring, where nothing ever lies. */
  private static EventBatch clutter() {
    SplitMix random = new SplitMix(905);
    EventBatch batch = new EventBatch(Small.BATCH, 2);
    for (int i = 0; i < Small.BATCH; i++) {
      batch.add(new double[] {5 + 0.1 * random.nextDouble(), -2 + 0.02 * random.nextDouble()}, 0);
    }
    return batch;
  }
}
