package io.chartflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.model.codec.AtlasCodec;
import io.chartflow.model.codec.TrainerStateCodec;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.FlowConfig;
import io.chartflow.model.random.SplitMix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same state and the same batches give the same bits. */
interface DeterminismLaws {

  int END = 60;

  AtlasConfig CONFIG = Small.config(2);

  /** The engine under test, with this many workers. */
  AtlasEngine engine(int workers);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7})
  default void everyNumberOfWorkersLearnsTheSameBits(int workers) {
    try (AtlasTrainer one = engine(1).trainer(CONFIG);
        AtlasTrainer many = engine(workers).trainer(CONFIG)) {
      for (int i = 0; i < END; i++) {
        assertThat(Small.step(many, batch(i))).isEqualTo(Small.step(one, batch(i)));
      }
      assertThat(many.snapshot()).isEqualTo(one.snapshot());
      assertThat(AtlasCodec.encode(Small.atlas(many)))
          .isEqualTo(AtlasCodec.encode(Small.atlas(one)));
    }
  }

  /** With five couplings a tile is also scored in parts, one a worker. */
  @ParameterizedTest
  @CsvSource({"2, 2", "4, 2", "2, 5", "3, 5"})
  default void workersThatShareOneTileLearnTheSameBits(int workers, int couplings) {
    AtlasConfig wide = CONFIG.withFlow(FlowConfig.realNvp(couplings, 256, 3.0));
    SplitMix random = new SplitMix(5);
    try (AtlasTrainer one = engine(1).trainer(wide);
        AtlasTrainer many = engine(workers).trainer(wide)) {
      for (int i = 0; i < END; i++) {
        EventBatch batch = Small.ring(Network.TILE, random);
        assertThat(Small.step(many, batch)).isEqualTo(Small.step(one, batch));
      }
      assertThat(one.isReady()).isTrue();
      assertThat(many.snapshot()).isEqualTo(one.snapshot());
    }
  }

  @ParameterizedTest
  @EnumSource(FlowKind.class)
  default void everyKindGoesOnToTheSameBitsAfterARestart(FlowKind kind) {
    try (AtlasTrainer uninterrupted = engine(1).trainer(kind.plane());
        AtlasTrainer first = engine(3).trainer(kind.plane())) {
      for (int i = 0; i < 50; i++) {
        assertThat(Small.step(first, batch(i))).isEqualTo(Small.step(uninterrupted, batch(i)));
      }
      byte[] bytes = TrainerStateCodec.encode(first.snapshot());
      try (AtlasTrainer second = engine(2).trainer(TrainerStateCodec.decode(bytes))) {
        for (int i = 50; i < END; i++) {
          assertThat(Small.step(second, batch(i))).isEqualTo(Small.step(uninterrupted, batch(i)));
        }
        assertThat(second.snapshot()).isEqualTo(uninterrupted.snapshot());
        assertThat(Small.atlas(second)).isEqualTo(Small.atlas(uninterrupted));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 4, 5, 20, 44, 45, 55}) // fitting, charts alone, first flow step, later
  default void aRestoredTrainerGoesOnToTheSameBits(int interruptedAfter) {
    try (AtlasTrainer uninterrupted = engine(1).trainer(CONFIG);
        AtlasTrainer first = engine(1).trainer(CONFIG)) {
      for (int i = 0; i < interruptedAfter; i++) {
        uninterrupted.train(batch(i));
        first.train(batch(i));
      }
      byte[] bytes = TrainerStateCodec.encode(first.snapshot());
      try (AtlasTrainer second = engine(2).trainer(TrainerStateCodec.decode(bytes))) {
        assertThat(second.snapshot()).isEqualTo(first.snapshot());
        assertThat(second.isReady()).isEqualTo(first.isReady());
        for (int i = interruptedAfter; i < END; i++) {
          assertThat(Small.step(second, batch(i))).isEqualTo(Small.step(uninterrupted, batch(i)));
        }
        assertThat(second.snapshot()).isEqualTo(uninterrupted.snapshot());
        assertThat(Small.atlas(second)).isEqualTo(Small.atlas(uninterrupted));
      }
    }
  }

  @Test
  default void publishingChangesNothingThatIsLearned() {
    try (AtlasTrainer quiet = engine(1).trainer(CONFIG);
        AtlasTrainer publishing = engine(1).trainer(CONFIG)) {
      for (int i = 0; i < END; i++) {
        quiet.train(batch(i));
        publishing.train(batch(i));
        publishing.publish(new PublishRequest(i, 0, new java.util.TreeMap<>(), 0));
      }
      assertThat(publishing.snapshot()).isEqualTo(quiet.snapshot());
      assertThat(Small.atlas(publishing)).isEqualTo(Small.atlas(publishing));
    }
  }

  @Test
  default void aSnapshotDoesNotMoveWithTheTrainer() {
    try (AtlasTrainer trainer = Small.trainedOnRing(engine(1), CONFIG, END)) {
      TrainerState snapshot = trainer.snapshot();
      byte[] before = TrainerStateCodec.encode(snapshot);
      trainer.train(batch(1));

      assertThat(TrainerStateCodec.encode(snapshot)).isEqualTo(before);
      assertThat(trainer.snapshot()).isNotEqualTo(snapshot);
    }
  }

  @Test
  default void anAtlasDoesNotMoveWithTheTrainer() {
    try (AtlasTrainer trainer = Small.trainedOnRing(engine(1), CONFIG, END)) {
      io.chartflow.model.atlas.Atlas atlas = Small.atlas(trainer);
      byte[] before = AtlasCodec.encode(atlas);
      trainer.train(batch(1));

      assertThat(AtlasCodec.encode(atlas)).isEqualTo(before);
    }
  }

  @Test
  default void anotherSeedLearnsOtherBits() {
    try (AtlasTrainer one = Small.trainedOnRing(engine(1), CONFIG, 10);
        AtlasTrainer other = Small.trainedOnRing(engine(1), CONFIG.withSeed(2), 10)) {
      assertThat(other.snapshot().quantizer()).isNotEqualTo(one.snapshot().quantizer());
    }
  }

  private static EventBatch batch(int i) {
    return Small.ring(Small.BATCH - (i % 3), new SplitMix(1000 + i));
  }
}
