package io.chartflow.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chartflow.connect.atlas.AtlasAssembler;
import io.chartflow.connect.config.PublishingConfig;
import io.chartflow.connect.event.Event;
import io.chartflow.connect.flink.EventSerializer;
import io.chartflow.connect.topic.KafkaMessage;
import io.chartflow.jobs.EngineFactory;
import io.chartflow.jobs.Samples;
import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.engine.JvmEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.InstantiationUtil;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrainOperatorTest {

  private static final PublishingConfig BY_EVENTS =
      new PublishingConfig(160, Duration.ofHours(1), 3);

  @Test
  void aVersionIsPublishedForEverySoManyEvents() throws Exception {
    try (var harness = open(operator(BY_EVENTS, 0))) {
      feed(harness, 0, 480);

      assertThat(atlases(harness))
          .extracting(a -> a.manifest().version())
          .containsExactly(1L, 2L, 3L);
      assertThat(atlases(harness))
          .extracting(a -> a.manifest().events())
          .containsExactly(160L, 320L, 480L);
    }
  }

  @Test
  void aStreamThatStandsStillIsPublishedWhenTimeIsUp() throws Exception {
    PublishingConfig byTime = new PublishingConfig(1_000_000, Duration.ofSeconds(30), 3);
    try (var harness = open(operator(byTime, 0))) {
      feed(harness, 0, 160);
      harness.setProcessingTime(29_999);
      assertThat(atlases(harness)).isEmpty();

      harness.setProcessingTime(30_000);
      assertThat(atlases(harness)).hasSize(1);

      harness.setProcessingTime(300_000);
      assertThat(atlases(harness)).as("nothing new was learned").hasSize(1);

      feed(harness, 160, 176);
      assertThat(atlases(harness)).as("time was up long ago").hasSize(2);
    }
  }

  @Test
  void retiredVersionsGetTombstonesForEveryMessage() throws Exception {
    try (var harness = open(operator(BY_EVENTS, 0))) {
      feed(harness, 0, 5 * 160);

      List<String> tombstones =
          messages(harness).stream()
              .filter(message -> message.value() == null)
              .map(TrainOperatorTest::key)
              .toList();
      List<String> ofOldVersions =
          messages(harness).stream()
              .filter(message -> message.value() != null)
              .map(TrainOperatorTest::key)
              .filter(key -> key.startsWith("1/") || key.startsWith("2/"))
              .toList();
      assertThat(tombstones).containsExactlyElementsOf(ofOldVersions).isNotEmpty();
    }
  }

  @Test
  void whatIsLeftIsLearnedAndPublishedAtTheEnd() throws Exception {
    try (var harness = open(operator(BY_EVENTS, 0))) {
      feed(harness, 0, 165);
      harness.endInput();
      harness.getOperator().finish();

      assertThat(atlases(harness))
          .extracting(a -> a.manifest().events())
          .containsExactly(160L, 165L);
    }
  }

  @Test
  void nothingIsPublishedAtTheEndOfAStreamThatWasTooShort() throws Exception {
    try (var harness = open(operator(BY_EVENTS, 0))) {
      feed(harness, 0, 20);
      harness.getOperator().finish();

      assertThat(messages(harness)).isEmpty();
    }
  }

  @Test
  void versionsBeginAboveTheTopics() throws Exception {
    try (var harness = open(operator(BY_EVENTS, 17))) {
      feed(harness, 0, 320);

      assertThat(atlases(harness))
          .extracting(a -> a.manifest().version())
          .containsExactly(18L, 19L);
    }
  }

  @Test
  void aRestoredTrainerPublishesTheSameBits() throws Exception {
    List<Atlas> uninterrupted;
    try (var harness = open(operator(BY_EVENTS, 0))) {
      feed(harness, 0, 800);
      uninterrupted = atlases(harness);
    }

    OperatorSubtaskState state;
    List<Atlas> restored = new ArrayList<>();
    try (var harness = open(operator(BY_EVENTS, 0))) {
      feed(harness, 0, 403);
      restored.addAll(atlases(harness));
      state = harness.snapshot(1, 1);
      feed(harness, 403, 600);
    }
    try (var harness = restore(operator(BY_EVENTS, 0), state)) {
      feed(harness, 403, 800);
      restored.addAll(atlases(harness));
    }

    assertThat(restored).isEqualTo(uninterrupted).hasSize(5);
  }

  @Test
  void anyNumberOfThreadsPublishesTheSameBits() throws Exception {
    List<Atlas> byOne;
    try (var harness = open(operator(BY_EVENTS, 0))) {
      feed(harness, 0, 800);
      byOne = atlases(harness);
    }
    for (int threads : List.of(2, 4)) {
      OperatorSubtaskState state;
      List<Atlas> bySeveral = new ArrayList<>();
      try (var harness = open(operator(threads))) {
        feed(harness, 0, 403);
        bySeveral.addAll(atlases(harness));
        state = harness.snapshot(1, 1);
      }
      try (var harness = restore(operator(threads / 2), state)) {
        feed(harness, 403, 800);
        bySeveral.addAll(atlases(harness));
      }
      assertThat(bySeveral).as("%d threads", threads).isEqualTo(byOne).hasSize(5);
    }
  }

  @Test
  void theThreadsOfALearnerEndWithItsTask() throws Exception {
    Set<Thread> before = engineThreads();
    Set<Thread> of;
    try (var harness = open(operator(3))) {
      feed(harness, 0, 160);
      of = engineThreads();
      of.removeAll(before);
      assertThat(of).hasSize(2).allMatch(Thread::isAlive);
    }
    Awaitility.await().until(() -> of.stream().noneMatch(Thread::isAlive));
  }

  @Test
  void theRestoredTrainerStillRetiresWhatWasPublishedBefore() throws Exception {
    OperatorSubtaskState state;
    try (var harness = open(operator(BY_EVENTS, 0))) {
      feed(harness, 0, 3 * 160);
      state = harness.snapshot(1, 1);
    }
    try (var harness = restore(operator(BY_EVENTS, 0), state)) {
      feed(harness, 480, 640);

      assertThat(messages(harness))
          .filteredOn(message -> message.value() == null)
          .extracting(TrainOperatorTest::key)
          .contains("1/manifest", "1/0");
    }
  }

  @Test
  void theStateOfAnotherModelIsRefusedAndBothAreNamed() throws Exception {
    OperatorSubtaskState state;
    try (var harness = open(operator(BY_EVENTS, 0))) {
      feed(harness, 0, 40);
      state = harness.snapshot(1, 1);
    }
    AtlasConfig other = Samples.MODEL.withSeed(8);

    assertThatThrownBy(
            () ->
                restore(
                    new TrainOperator(other, BY_EVENTS, "atlas", 0, EngineFactory.jvm()), state))
        .hasStackTraceContaining("holds a model of configuration " + Samples.MODEL.hash())
        .hasStackTraceContaining("configured for " + other.hash())
        .hasStackTraceContaining("seed=7")
        .hasStackTraceContaining("seed=8");
  }

  @Test
  void theOperatorTravels() throws Exception {
    assertThat(InstantiationUtil.clone(operator(BY_EVENTS, 0))).isNotNull();
  }

  private static TrainOperator operator(PublishingConfig publishing, long versionFloor) {
    return new TrainOperator(Samples.MODEL, publishing, "atlas", versionFloor, EngineFactory.jvm());
  }

  private static TrainOperator operator(int threads) {
    return new TrainOperator(Samples.MODEL, BY_EVENTS, "atlas", 0, EngineFactory.jvm(threads));
  }

  private static Set<Thread> engineThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(each -> each.getName().equals(JvmEngine.THREAD))
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static OneInputStreamOperatorTestHarness<Event, KafkaMessage> open(TrainOperator operator)
      throws Exception {
    return restore(operator, null);
  }

  private static OneInputStreamOperatorTestHarness<Event, KafkaMessage> restore(
      TrainOperator operator, @Nullable OperatorSubtaskState state) throws Exception {
    OneInputStreamOperatorTestHarness<Event, KafkaMessage> harness =
        new OneInputStreamOperatorTestHarness<>(operator, new EventSerializer());
    harness.setup(Samples.MESSAGES);
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  private static void feed(
      OneInputStreamOperatorTestHarness<Event, KafkaMessage> harness, long from, long to)
      throws Exception {
    for (long i = from; i < to; i++) {
      harness.processElement(Samples.event(i), i);
    }
  }

  private static List<KafkaMessage> messages(
      OneInputStreamOperatorTestHarness<Event, KafkaMessage> harness) {
    return new ArrayList<>(harness.extractOutputValues());
  }

  private static List<Atlas> atlases(
      OneInputStreamOperatorTestHarness<Event, KafkaMessage> harness) {
    AtlasAssembler assembler = new AtlasAssembler();
    return messages(harness).stream()
        .flatMap(message -> assembler.accept(message.key(), message.value()).stream())
        .toList();
  }

  private static String key(KafkaMessage message) {
    return new String(message.key(), java.nio.charset.StandardCharsets.UTF_8);
  }
}
