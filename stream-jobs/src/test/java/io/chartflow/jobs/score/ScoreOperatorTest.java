package io.chartflow.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.chartflow.connect.config.ScoringConfig;
import io.chartflow.connect.density.DensityRecord;
import io.chartflow.connect.density.DensityRecord.Contribution;
import io.chartflow.connect.density.DensityStatus;
import io.chartflow.connect.event.RawEvent;
import io.chartflow.connect.topic.DeadLetters;
import io.chartflow.connect.topic.KafkaMessage;
import io.chartflow.jobs.Samples;
import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.engine.DensitySum;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class ScoreOperatorTest {

  private static final ScoringConfig SCORING =
      new ScoringConfig(DensitySum.TRUNCATED, 8, Duration.ofMillis(20), 0);

  private static final Atlas FIRST = Samples.atlas(1);

  @Test
  void eventsThatMeetNoAtlasLeaveAtOnce() throws Exception {
    try (var harness = open()) {
      harness.event(5);

      assertThat(harness.densities()).containsExactly(DensityRecord.noAtlas("events", 1, 2, 1_005));
    }
  }

  @Test
  void densitiesFollowWhenTheAtlasIsThere() throws Exception {
    try (var harness = open()) {
      harness.event(0);
      harness.atlas(FIRST);
      harness.events(1, 9);

      assertThat(harness.densities())
          .extracting(DensityRecord::status)
          .startsWith(DensityStatus.NO_ATLAS)
          .endsWith(DensityStatus.OK)
          .hasSize(9);
      assertThat(harness.densities().get(8).logDensity()).isFinite();
    }
  }

  @Test
  void aFullBatchIsScoredAtOnce() throws Exception {
    try (var harness = open()) {
      harness.atlas(FIRST);
      harness.events(0, 7);
      assertThat(harness.densities()).isEmpty();

      harness.event(7);
      assertThat(harness.densities()).extracting(DensityRecord::offset).hasSize(8);
    }
  }

  @Test
  void anEventWaitsNoLongerThanTheDelay() throws Exception {
    try (var harness = open()) {
      harness.atlas(FIRST);
      harness.setProcessingTime(100);
      harness.events(0, 3);
      harness.setProcessingTime(119);
      assertThat(harness.densities()).isEmpty();

      harness.setProcessingTime(120);
      assertThat(harness.densities()).hasSize(3);
    }
  }

  @Test
  void theTimerOfAFullBatchDoesNotCutTheNextOneShort() throws Exception {
    try (var harness = open()) {
      harness.atlas(FIRST);
      harness.setProcessingTime(100);
      harness.events(0, 8);
      harness.setProcessingTime(115);
      harness.events(8, 10);

      harness.setProcessingTime(120);
      assertThat(harness.densities()).hasSize(8);
      harness.setProcessingTime(135);
      assertThat(harness.densities()).hasSize(10);
    }
  }

  @Test
  void aCheckpointWaitsForNoEvent() throws Exception {
    try (var harness = open()) {
      harness.atlas(FIRST);
      harness.events(0, 3);

      harness.prepareSnapshotPreBarrier(1);

      assertThat(harness.densities()).hasSize(3);
    }
  }

  @Test
  void theEndOfTheInputWaitsForNoEvent() throws Exception {
    try (var harness = open()) {
      harness.atlas(FIRST);
      harness.events(0, 3);

      harness.finish();

      assertThat(harness.densities()).hasSize(3);
    }
  }

  @Test
  void whatWaitsIsScoredWithTheVersionThatWasThereWhenItCame() throws Exception {
    try (var harness = open()) {
      harness.atlas(FIRST);
      harness.events(0, 3);
      harness.atlas(Samples.atlas(2));
      harness.events(3, 11);

      assertThat(harness.densities())
          .extracting(DensityRecord::atlasVersion)
          .containsExactly(1L, 1L, 1L, 2L, 2L, 2L, 2L, 2L, 2L, 2L, 2L);
    }
  }

  @Test
  void aRecordTellsEverythingAboutItsScore() throws Exception {
    try (var harness = open()) {
      harness.atlas(FIRST);
      harness.events(156, 164);

      DensityRecord learned = harness.densities().get(3);
      DensityRecord unseen = harness.densities().get(4);
      assertThat(learned.inSample()).isTrue();
      assertThat(unseen.inSample()).isFalse();
      assertThat(unseen.topic()).isEqualTo("events");
      assertThat(unseen.partition()).isZero();
      assertThat(unseen.offset()).isEqualTo(80);
      assertThat(unseen.eventTime()).isEqualTo(1_160);
      assertThat(unseen.surprisal()).isEqualTo(-Objects.requireNonNull(unseen.logDensity()));
      assertThat(unseen.densitySum()).isEqualTo(DensitySum.TRUNCATED);
      double pValue = FIRST.pValues().pValue(Objects.requireNonNull(unseen.surprisal()));
      assertThat(unseen.pValue()).isEqualTo(pValue).isBetween(0.0, 1.0);
      assertThat(unseen.anomaly()).isEqualTo(pValue <= SCORING.alarmRate());
      assertThat(unseen.guarded()).isNull();
      assertThat(unseen.posterior()).isNotEmpty();
      assertThat(unseen.atlasConfigHash()).isEqualTo(Samples.MODEL.hash());
      assertThat(unseen.atlasEvents()).isEqualTo(160);
      assertThat(unseen.atlasEventTime()).isEqualTo(1_159);
    }
  }

  @Test
  void rareEventsAreToldWhatEachFeatureAdds() throws Exception {
    double median = 0.5;
    ScoringConfig scoring =
        new ScoringConfig(DensitySum.TRUNCATED, 8, Duration.ofMillis(20), 0, 1e-3, median);
    try (var harness = ScoreHarness.open(operator(scoring), null)) {
      harness.atlas(FIRST);
      harness.events(0, 64);

      int told = 0;
      for (DensityRecord record : harness.densities()) {
        boolean rare = Objects.requireNonNull(record.pValue()) <= median;
        assertThat(record.attribution() != null).isEqualTo(rare);
        if (record.attribution() != null) {
          told++;
          double surprisal = Objects.requireNonNull(record.surprisal());
          assertThat(record.attribution())
              .extracting(Contribution::feature)
              .containsExactly("x", "y");
          assertThat(record.attribution().stream().mapToDouble(Contribution::nats).sum())
              .isCloseTo(surprisal, offset(1e-3 * Math.max(1, Math.abs(surprisal))));
          assertThat(record.attributionError()).isNotNegative();
        }
      }
      assertThat(told).isBetween(1, 63);
    }
  }

  @Test
  void attributionIsOffByDefault() throws Exception {
    try (var harness = open()) {
      harness.atlas(FIRST);
      harness.events(0, 8);

      assertThat(harness.densities()).extracting(DensityRecord::attribution).containsOnlyNulls();
    }
  }

  @Test
  void aMessageHasTheEventsKeyAndTime() throws Exception {
    try (var harness = open()) {
      harness.event(5);

      KafkaMessage message = harness.extractOutputValues().get(0);
      assertThat(message.topic()).isEqualTo("densities");
      assertThat(message.key()).isEqualTo(Samples.event(5).key());
      assertThat(message.timestamp()).isEqualTo(1_005);
    }
  }

  @Test
  void anEventOfBeforeTheEpochDoesNotStopTheJob() throws Exception {
    try (var harness = open()) {
      harness.atlas(FIRST);
      RawEvent early = new RawEvent("events", 0, 0, -5, null, Samples.raw(0).value());
      harness.event(early);

      assertThat(harness.densities()).isEmpty();
      assertThat(header(harness.deadLetters().get(0), DeadLetters.REASON))
          .isEqualTo("OUT_OF_RANGE");
    }
  }

  @Test
  void aBadRecordGoesToTheDeadLettersAsItWasAndTheOthersAreScored() throws Exception {
    RawEvent bad = Samples.raw(7, "{\"x\":1,\"y\":\"two\"}");
    try (var harness = open()) {
      harness.event(6);
      harness.event(bad);
      harness.atlas(FIRST);
      harness.events(0, 4);
      harness.event(bad);
      harness.events(4, 8);

      assertThat(harness.densities()).hasSize(9);
      assertThat(harness.deadLetters()).hasSize(2);
      KafkaMessage letter = harness.deadLetters().get(1);
      assertThat(letter.topic()).isEqualTo("dead-letters");
      assertThat(letter.key()).isEqualTo(bad.key());
      assertThat(letter.value()).isEqualTo(bad.value());
      assertThat(header(letter, DeadLetters.REASON)).isEqualTo("WRONG_TYPE");
      assertThat(header(letter, DeadLetters.OFFSET)).isEqualTo("3");
    }
  }

  @Test
  void aVersionThatHasSeenLittleIsWarmingUp() throws Exception {
    ScoringConfig scoring = new ScoringConfig(DensitySum.TRUNCATED, 8, Duration.ofMillis(20), 161);
    try (var harness = ScoreHarness.open(operator(scoring), null)) {
      harness.atlas(FIRST);
      harness.events(0, 8);

      assertThat(harness.densities())
          .extracting(DensityRecord::status)
          .containsOnly(DensityStatus.WARMUP);
    }
  }

  @Test
  void brokenAndOlderVersionsAreIgnored() throws Exception {
    try (var harness = open()) {
      harness.atlas(Samples.atlas(5));
      List<RawEvent> broken = ScoreHarness.records(Samples.atlas(6));
      Objects.requireNonNull(broken.get(1).value())[100] ^= 1;
      for (RawEvent record : broken) {
        harness.atlasRecord(record);
      }
      harness.atlasRecord(new RawEvent("atlas", 0, 9, 0, new byte[] {1, 2}, new byte[] {3}));
      harness.atlasRecord(new RawEvent("atlas", 0, 10, 0, null, null));
      harness.atlas(Samples.atlas(4));
      harness.atlas(Samples.atlas(7, otherDimension()));
      harness.events(0, 8);

      assertThat(harness.densities()).extracting(DensityRecord::atlasVersion).containsOnly(5L);

      harness.atlas(Samples.atlas(8));
      harness.events(8, 16);
      assertThat(harness.densities()).extracting(DensityRecord::atlasVersion).endsWith(8L);
    }
  }

  @Test
  void anAtlasTopicThatCannotBeReadFailsTheTask() throws Exception {
    try (var harness = open()) {
      assertThatThrownBy(() -> harness.failAtlases(new IllegalStateException("not allowed")))
          .rootCause()
          .hasMessage("not allowed");
    }
  }

  @Test
  void aRestoredScorerGivesTheSameBitsAtOnce() throws Exception {
    OperatorSubtaskState state;
    List<KafkaMessage> expected;
    try (var harness = open()) {
      harness.atlas(FIRST);
      harness.prepareSnapshotPreBarrier(1);
      state = harness.snapshot(1, 1);
      harness.events(0, 64);
      expected = harness.extractOutputValues();
    }
    try (var harness = ScoreHarness.open(operator(SCORING), state)) {
      harness.events(0, 64);

      assertThat(harness.extractOutputValues()).isEqualTo(expected).hasSize(64);
    }
  }

  @Test
  void partsOfAVersionSurviveARestart() throws Exception {
    List<RawEvent> records = ScoreHarness.records(FIRST);
    int last = records.size() - 1;
    OperatorSubtaskState state;
    try (var harness = open()) {
      for (RawEvent record : records.subList(0, last)) {
        harness.atlasRecord(record);
      }
      state = harness.snapshot(1, 1);
    }
    try (var harness = ScoreHarness.open(operator(SCORING), state)) {
      harness.atlasRecord(records.get(last));
      harness.events(0, 8);

      assertThat(harness.densities()).extracting(DensityRecord::atlasVersion).containsOnly(1L);
    }
  }

  @Test
  void aVersionOlderThanTheRestoredOneIsIgnored() throws Exception {
    OperatorSubtaskState state;
    try (var harness = open()) {
      harness.atlas(Samples.atlas(3));
      state = harness.snapshot(1, 1);
    }
    try (var harness = ScoreHarness.open(operator(SCORING), state)) {
      harness.atlas(Samples.atlas(2));
      harness.events(0, 8);

      assertThat(harness.densities()).extracting(DensityRecord::atlasVersion).containsOnly(3L);
    }
  }

  @Test
  void everySubtaskHasItsAtlasAfterRescaling() throws Exception {
    OperatorSubtaskState state;
    try (var harness = open()) {
      harness.atlas(FIRST);
      state = harness.snapshot(1, 1);
    }
    for (int subtask = 0; subtask < 3; subtask++) {
      OperatorSubtaskState share =
          AbstractStreamOperatorTestHarness.repartitionOperatorState(state, 3, 1, 3, subtask);
      try (var harness = ScoreHarness.open(operator(SCORING), share, 3, subtask)) {
        harness.events(0, 8);

        assertThat(harness.densities()).extracting(DensityRecord::atlasVersion).containsOnly(1L);
      }
    }
  }

  @Test
  void theFirstAtlasScoresTheFirstEvent() throws Exception {
    try (var harness = ScoreHarness.open(beginningWith(Samples.atlas(4)), null)) {
      harness.events(0, 8);
      harness.atlas(Samples.atlas(3));
      harness.events(8, 16);

      assertThat(harness.densities()).extracting(DensityRecord::atlasVersion).containsOnly(4L);
    }
  }

  @Test
  void theRestoredAtlasGoesBeforeTheFirst() throws Exception {
    OperatorSubtaskState state;
    try (var harness = open()) {
      harness.atlas(Samples.atlas(5));
      state = harness.snapshot(1, 1);
    }
    try (var harness = ScoreHarness.open(beginningWith(Samples.atlas(6)), state)) {
      harness.events(0, 8);

      assertThat(harness.densities()).extracting(DensityRecord::atlasVersion).containsOnly(5L);
    }
  }

  @Test
  void theOperatorTravels() throws Exception {
    assertThat(InstantiationUtil.clone(operator(SCORING))).isNotNull();
  }

  private static AtlasConfig otherDimension() {
    AtlasConfig model = Samples.MODEL;
    return new AtlasConfig(
        3, model.charts(), model.quantizer(), model.flow(), model.training(), model.seed());
  }

  private static ScoreOperatorFactory beginningWith(Atlas atlas) {
    return ScoreHarness.operator(SCORING, Samples.SCHEMA, atlas);
  }

  private static ScoreOperatorFactory operator(ScoringConfig scoring) {
    return ScoreHarness.operator(scoring, Samples.SCHEMA, null);
  }

  private static ScoreHarness open() throws Exception {
    return ScoreHarness.open(operator(SCORING), null);
  }

  private static String header(KafkaMessage letter, String name) {
    return new String(Objects.requireNonNull(letter.headers().get(name)), StandardCharsets.UTF_8);
  }
}
