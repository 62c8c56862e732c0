package io.chartflow.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.connect.config.PublishingConfig;
import io.chartflow.connect.event.Event;
import io.chartflow.jobs.Samples;
import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.engine.JvmEngine;
import io.chartflow.model.engine.TrainReport;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LearnerTest {

  private static final PublishingConfig PUBLISHING = Samples.config().publishing();

  private final Learner learner =
      new Learner(new JvmEngine().trainer(Samples.MODEL), PUBLISHING, 0);

  @AfterEach
  void close() {
    learner.close();
  }

  @Test
  void aStepIsTakenWhenTheBatchIsFullAndNotBefore() {
    Samples.events(Samples.BATCH - 1).forEach(event -> assertThat(learner.learn(event)).isEmpty());

    assertThat(learner.learn(Samples.event(15))).isPresent();
    assertThat(learner.waiting()).isZero();
  }

  @Test
  void positionsTellWhatWasLearnedAndNotWhatWaits() {
    Samples.events(Samples.BATCH + 7).forEach(learner::learn);

    TrainCheckpoint checkpoint = learner.snapshot();

    assertThat(checkpoint.positions()).containsEntry("events-0", 8L).containsEntry("events-1", 8L);
    assertThat(checkpoint.eventTimeMillis()).isEqualTo(1_000 + Samples.BATCH - 1);
    assertThat(checkpoint.batch()).hasSize(7);
  }

  @Test
  void aSingleRowIsNotLearnedFrom() {
    learner.learn(Samples.event(0));

    assertThat(learner.learnRest()).isEmpty();
    assertThat(learner.waiting()).isOne();
  }

  @Test
  void twoRowsAreLearnedFromAtTheEnd() {
    Samples.events(2).forEach(learner::learn);

    assertThat(learner.learnRest()).isPresent();
    assertThat(learner.waiting()).isZero();
  }

  @Test
  void versionsGrowAndNameTheirParents() {
    Samples.events(160).forEach(learner::learn);
    Atlas first = learner.publish(0, 0).orElseThrow();
    Samples.events(16).forEach(learner::learn);
    Atlas second = learner.publish(0, 0).orElseThrow();

    assertThat(first.manifest().version()).isEqualTo(1);
    assertThat(first.manifest().parent()).isZero();
    assertThat(second.manifest().version()).isEqualTo(2);
    assertThat(second.manifest().parent()).isEqualTo(1);
  }

  @Test
  void aVersionIsAboveWhatOthersPublishedBefore() {
    Samples.events(160).forEach(learner::learn);

    assertThat(learner.publish(41, 0).orElseThrow().manifest().version()).isEqualTo(42);
  }

  @Test
  void aStreamInOtherUnitsIsPublishedAsSoonAsItIsLearned() {
    Samples.events(800).forEach(learner::learn);
    Atlas before = learner.publish(0, 0).orElseThrow();
    int opened = 0;
    for (long i = 800; i < 1_040; i++) {
      Event event = Samples.event(i);
      double[] values = {1e6 * event.values()[0], 1e6 * event.values()[1]};
      Event moved = new Event("events", event.partition(), event.offset(), i, null, values);
      opened += learner.learn(moved).filter(TrainReport::opened).isPresent() ? 1 : 0;
    }

    assertThat(opened).isOne();
    assertThat(learner.decide(0)).isEqualTo(PublishDecision.ENOUGH_EVENTS);
    assertThat(learner.hasNews()).isTrue();
    Atlas after = learner.publish(0, 0).orElseThrow();
    assertThat(after.manifest().version()).isEqualTo(before.manifest().version() + 1);
    assertThat(after.manifest().steps()).isLessThan(before.manifest().steps());
  }

  @Test
  void onlySoManyVersionsAreKept() {
    Samples.events(160).forEach(learner::learn);
    for (int version = 1; version <= PUBLISHING.keep(); version++) {
      learner.publish(0, 0);
      assertThat(learner.retire(version)).isEmpty();
    }

    learner.publish(0, 0);
    List<PublishedVersion> retired = learner.retire(1);

    assertThat(retired).containsExactly(new PublishedVersion(1, 1));
  }

  @Test
  void anEventWithAGapSurvivesARestartAndIsCounted() {
    Samples.events(200).forEach(learner::learn);
    learner.learn(new Event("events", 0, 100, 2_000, null, new double[] {1, Double.NaN}));
    TrainCheckpoint checkpoint =
        TrainCheckpointCodec.decode(TrainCheckpointCodec.encode(learner.snapshot()));

    assertThat(checkpoint.batch().get(8).values()).containsExactly(1, Double.NaN);
    try (Learner restored =
        new Learner(new JvmEngine().trainer(checkpoint.trainer()), PUBLISHING, 0, checkpoint)) {
      for (long i = 202; i < 300; i++) {
        learner.learn(Samples.event(i));
        restored.learn(Samples.event(i));
      }

      assertThat(restored.events()).isEqualTo(learner.events()).isEqualTo(288);
      assertThat(restored.publish(0, 0)).isEqualTo(learner.publish(0, 0)).isPresent();
    }
  }

  @Test
  void aRestoredLearnerGoesOnToTheSameBits() {
    Samples.events(203).forEach(learner::learn);
    TrainCheckpoint checkpoint =
        TrainCheckpointCodec.decode(TrainCheckpointCodec.encode(learner.snapshot()));

    try (Learner restored =
        new Learner(new JvmEngine().trainer(checkpoint.trainer()), PUBLISHING, 0, checkpoint)) {
      for (long i = 203; i < 400; i++) {
        learner.learn(Samples.event(i));
        restored.learn(Samples.event(i));
      }

      assertThat(restored.publish(0, 0)).isEqualTo(learner.publish(0, 0)).isPresent();
      assertThat(TrainCheckpointCodec.encode(restored.snapshot()))
          .isEqualTo(TrainCheckpointCodec.encode(learner.snapshot()));
    }
  }
}
