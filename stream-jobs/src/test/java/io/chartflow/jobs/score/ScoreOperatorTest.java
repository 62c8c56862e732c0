package io.chartflow.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.chartflow.connect.atlas.AtlasChunks;
import io.chartflow.connect.config.ScoringConfig;
import io.chartflow.connect.density.DensityJson;
import io.chartflow.connect.density.DensityRecord;
import io.chartflow.connect.density.DensityRecord.Contribution;
import io.chartflow.connect.density.DensityStatus;
import io.chartflow.connect.event.Event;
import io.chartflow.connect.event.RawEvent;
import io.chartflow.connect.topic.KafkaMessage;
import io.chartflow.jobs.EngineFactory;
import io.chartflow.jobs.Samples;
import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.codec.AtlasCodec;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.engine.DensitySum;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.apache.flink.util.InstantiationUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScoreOperatorTest {

  private static final ScoringConfig SCORING =
      new ScoringConfig(DensitySum.TRUNCATED, 8, Duration.ofMillis(20), 0);

  private static final Atlas FIRST = Samples.atlas(1);

  @Test
  void eventsThatMeetNoAtlasLeaveAtOnce() throws Exception {
    try (var harness = open()) {
      event(harness, 5);

      assertThat(densities(harness)).containsExactly(DensityRecord.noAtlas("events", 1, 2, 1_005));
    }
  }

  @Test
  void densitiesFollowWhenTheAtlasIsThere() throws Exception {
    try (var harness = open()) {
      event(harness, 0);
      atlas(harness, FIRST);
      events(harness, 1, 9);

      assertThat(densities(harness))
          .extracting(DensityRecord::status)
          .startsWith(DensityStatus.NO_ATLAS)
          .endsWith(DensityStatus.OK)
          .hasSize(9);
      assertThat(densities(harness).get(8).logDensity()).isFinite();
    }
  }

  @Test
  void aFullBatchIsScoredAtOnce() throws Exception {
    try (var harness = open()) {
      atlas(harness, FIRST);
      events(harness, 0, 7);
      assertThat(densities(harness)).isEmpty();

      event(harness, 7);
      assertThat(densities(harness)).extracting(DensityRecord::offset).hasSize(8);
    }
  }

  @Test
  void anEventWaitsNoLongerThanTheDelay() throws Exception {
    try (var harness = open()) {
      atlas(harness, FIRST);
      harness.setProcessingTime(100);
      events(harness, 0, 3);
      harness.setProcessingTime(119);
      assertThat(densities(harness)).isEmpty();

      harness.setProcessingTime(120);
      assertThat(densities(harness)).hasSize(3);
    }
  }

  @Test
  void theTimerOfAFullBatchDoesNotCutTheNextOneShort() throws Exception {
    try (var harness = open()) {
      atlas(harness, FIRST);
      harness.setProcessingTime(100);
      events(harness, 0, 8);
      harness.setProcessingTime(115);
      events(harness, 8, 10);

      harness.setProcessingTime(120);
      assertThat(densities(harness)).hasSize(8);
      harness.setProcessingTime(135);
      assertThat(densities(harness)).hasSize(10);
    }
  }

  @Test
  void aCheckpointWaitsForNoEvent() throws Exception {
    try (var harness = open()) {
      atlas(harness, FIRST);
      events(harness, 0, 3);

      harness.prepareSnapshotPreBarrier(1);

      assertThat(densities(harness)).hasSize(3);
    }
  }

  @Test
  void theEndOfTheInputWaitsForNoEvent() throws Exception {
    try (var harness = open()) {
      atlas(harness, FIRST);
      events(harness, 0, 3);

      harness.getOperator().finish();

      assertThat(densities(harness)).hasSize(3);
    }
  }

  @Test
  void whatWaitsIsScoredWithTheVersionThatWasThereWhenItCame() throws Exception {
    try (var harness = open()) {
      atlas(harness, FIRST);
      events(harness, 0, 3);
      atlas(harness, Samples.atlas(2));
      events(harness, 3, 11);

      assertThat(densities(harness))
          .extracting(DensityRecord::atlasVersion)
          .containsExactly(1L, 1L, 1L, 2L, 2L, 2L, 2L, 2L, 2L, 2L, 2L);
    }
  }

  @Test
  void aRecordTellsEverythingAboutItsScore() throws Exception {
    try (var harness = open()) {
      atlas(harness, FIRST);
      events(harness, 156, 164);

      DensityRecord learned = densities(harness).get(3);
      DensityRecord unseen = densities(harness).get(4);
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
    try (var harness = restore(operator(scoring), null)) {
      atlas(harness, FIRST);
      events(harness, 0, 64);

      int told = 0;
      for (DensityRecord record : densities(harness)) {
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
      atlas(harness, FIRST);
      events(harness, 0, 8);

      assertThat(densities(harness)).extracting(DensityRecord::attribution).containsOnlyNulls();
    }
  }

  @Test
  void aMessageHasTheEventsKeyAndTime() throws Exception {
    try (var harness = open()) {
      event(harness, 5);

      KafkaMessage message = harness.extractOutputValues().get(0);
      assertThat(message.topic()).isEqualTo("densities");
      assertThat(message.key()).isEqualTo(Samples.event(5).key());
      assertThat(message.timestamp()).isEqualTo(1_005);
    }
  }

  @Test
  void anEventOfBeforeTheEpochDoesNotStopTheJob() throws Exception {
    try (var harness = open()) {
      harness.processElement1(new Event("events", 0, 0, -5, null, new double[] {1, 2}), 0);

      assertThat(harness.extractOutputValues().get(0).timestamp()).isZero();
      assertThat(densities(harness).get(0).eventTime()).isEqualTo(-5);
    }
  }

  @Test
  void aVersionThatHasSeenLittleIsWarmingUp() throws Exception {
    ScoringConfig scoring = new ScoringConfig(DensitySum.TRUNCATED, 8, Duration.ofMillis(20), 161);
    try (var harness = restore(operator(scoring), null)) {
      atlas(harness, FIRST);
      events(harness, 0, 8);

      assertThat(densities(harness))
          .extracting(DensityRecord::status)
          .containsOnly(DensityStatus.WARMUP);
    }
  }

  @Test
  void brokenAndOlderVersionsAreIgnored() throws Exception {
    try (var harness = open()) {
      atlas(harness, Samples.atlas(5));
      List<RawEvent> broken = records(Samples.atlas(6));
      Objects.requireNonNull(broken.get(1).value())[100] ^= 1;
      for (RawEvent record : broken) {
        harness.processElement2(record, 0);
      }
      harness.processElement2(new RawEvent("atlas", 0, 9, 0, new byte[] {1, 2}, new byte[] {3}), 0);
      harness.processElement2(new RawEvent("atlas", 0, 10, 0, null, null), 0);
      atlas(harness, Samples.atlas(4));
      atlas(harness, Samples.atlas(7, otherDimension()));
      events(harness, 0, 8);

      assertThat(densities(harness)).extracting(DensityRecord::atlasVersion).containsOnly(5L);

      atlas(harness, Samples.atlas(8));
      events(harness, 8, 16);
      assertThat(densities(harness)).extracting(DensityRecord::atlasVersion).endsWith(8L);
    }
  }

  @Test
  void aRestoredScorerGivesTheSameBitsAtOnce() throws Exception {
    OperatorSubtaskState state;
    List<KafkaMessage> expected;
    try (var harness = open()) {
      atlas(harness, FIRST);
      harness.prepareSnapshotPreBarrier(1);
      state = harness.snapshot(1, 1);
      events(harness, 0, 64);
      expected = harness.extractOutputValues();
    }
    try (var harness = restore(operator(SCORING), state)) {
      events(harness, 0, 64);

      assertThat(harness.extractOutputValues()).isEqualTo(expected).hasSize(64);
    }
  }

  @Test
  void partsOfAVersionSurviveARestart() throws Exception {
    List<RawEvent> records = records(FIRST);
    int last = records.size() - 1;
    OperatorSubtaskState state;
    try (var harness = open()) {
      for (RawEvent record : records.subList(0, last)) {
        harness.processElement2(record, 0);
      }
      state = harness.snapshot(1, 1);
    }
    try (var harness = restore(operator(SCORING), state)) {
      harness.processElement2(records.get(last), 0);
      events(harness, 0, 8);

      assertThat(densities(harness)).extracting(DensityRecord::atlasVersion).containsOnly(1L);
    }
  }

  @Test
  void aVersionOlderThanTheRestoredOneIsIgnored() throws Exception {
    OperatorSubtaskState state;
    try (var harness = open()) {
      atlas(harness, Samples.atlas(3));
      state = harness.snapshot(1, 1);
    }
    try (var harness = restore(operator(SCORING), state)) {
      atlas(harness, Samples.atlas(2));
      events(harness, 0, 8);

      assertThat(densities(harness)).extracting(DensityRecord::atlasVersion).containsOnly(3L);
    }
  }

  @Test
  void everySubtaskHasItsAtlasAfterRescaling() throws Exception {
    OperatorSubtaskState state;
    try (var harness = open()) {
      atlas(harness, FIRST);
      state = harness.snapshot(1, 1);
    }
    for (int subtask = 0; subtask < 3; subtask++) {
      OperatorSubtaskState share =
          AbstractStreamOperatorTestHarness.repartitionOperatorState(state, 3, 1, 3, subtask);
      try (var harness =
          new TwoInputStreamOperatorTestHarness<>(operator(SCORING), 3, 3, subtask)) {
        harness.setup(Samples.MESSAGES);
        harness.initializeState(share);
        harness.open();
        events(harness, 0, 8);

        assertThat(densities(harness)).extracting(DensityRecord::atlasVersion).containsOnly(1L);
      }
    }
  }

  @Test
  void theFirstAtlasScoresTheFirstEvent() throws Exception {
    try (var harness = restore(beginningWith(Samples.atlas(4)), null)) {
      events(harness, 0, 8);
      atlas(harness, Samples.atlas(3));
      events(harness, 8, 16);

      assertThat(densities(harness)).extracting(DensityRecord::atlasVersion).containsOnly(4L);
    }
  }

  @Test
  void theRestoredAtlasGoesBeforeTheFirst() throws Exception {
    OperatorSubtaskState state;
    try (var harness = open()) {
      atlas(harness, Samples.atlas(5));
      state = harness.snapshot(1, 1);
    }
    try (var harness = restore(beginningWith(Samples.atlas(6)), state)) {
      events(harness, 0, 8);

      assertThat(densities(harness)).extracting(DensityRecord::atlasVersion).containsOnly(5L);
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

  private static ScoreOperator beginningWith(Atlas atlas) {
    return new ScoreOperator(
        SCORING, Samples.SCHEMA, "densities", EngineFactory.jvm(), AtlasCodec.encode(atlas));
  }

  private static ScoreOperator operator(ScoringConfig scoring) {
    return new ScoreOperator(scoring, Samples.SCHEMA, "densities", EngineFactory.jvm(), null);
  }

  private static TwoInputStreamOperatorTestHarness<Event, RawEvent, KafkaMessage> open()
      throws Exception {
    return restore(operator(SCORING), null);
  }

  private static TwoInputStreamOperatorTestHarness<Event, RawEvent, KafkaMessage> restore(
      ScoreOperator operator, @Nullable OperatorSubtaskState state) throws Exception {
    TwoInputStreamOperatorTestHarness<Event, RawEvent, KafkaMessage> harness =
        new TwoInputStreamOperatorTestHarness<>(operator);
    harness.setup(Samples.MESSAGES);
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  private static void event(
      TwoInputStreamOperatorTestHarness<Event, RawEvent, KafkaMessage> harness, long i)
      throws Exception {
    harness.processElement1(Samples.event(i), i);
  }

  private static void events(
      TwoInputStreamOperatorTestHarness<Event, RawEvent, KafkaMessage> harness, long from, long to)
      throws Exception {
    for (long i = from; i < to; i++) {
      event(harness, i);
    }
  }

  private static void atlas(
      TwoInputStreamOperatorTestHarness<Event, RawEvent, KafkaMessage> harness, Atlas atlas)
      throws Exception {
    for (RawEvent record : records(atlas)) {
      harness.processElement2(record, 0);
    }
  }

  private static List<RawEvent> records(Atlas atlas) {
    List<RawEvent> records = new ArrayList<>();
    for (KafkaMessage message : AtlasChunks.split(atlas, "atlas", 1_000)) {
      records.add(new RawEvent("atlas", 0, records.size(), 0, message.key(), message.value()));
    }
    return records;
  }

  private static List<DensityRecord> densities(
      TwoInputStreamOperatorTestHarness<Event, RawEvent, KafkaMessage> harness) {
    return harness.extractOutputValues().stream()
        .map(message -> DensityJson.fromBytes(Objects.requireNonNull(message.value())))
        .toList();
  }
}
