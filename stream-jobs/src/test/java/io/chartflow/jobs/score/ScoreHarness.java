package io.chartflow.jobs.score;

import io.chartflow.connect.atlas.AtlasChunks;
import io.chartflow.connect.atlas.AtlasFeed;
import io.chartflow.connect.config.SchemaConfig;
import io.chartflow.connect.config.ScoringConfig;
import io.chartflow.connect.density.DensityJson;
import io.chartflow.connect.density.DensityRecord;
import io.chartflow.connect.event.RawEvent;
import io.chartflow.connect.topic.KafkaMessage;
import io.chartflow.jobs.EngineFactory;
import io.chartflow.jobs.Samples;
import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.codec.AtlasCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/** A score operator outside of any job: records in, messages out. */
final class ScoreHarness extends OneInputStreamOperatorTestHarness<RawEvent, KafkaMessage> {

  private ScoreHarness(ScoreOperatorFactory operator, int parallelism, int subtask)
      throws Exception {
    super(operator, parallelism, parallelism, subtask);
  }

  /** An operator of these settings, as a job makes it. */
  static ScoreOperatorFactory operator(
      ScoringConfig scoring, SchemaConfig schema, @Nullable Atlas first) {
    return new ScoreOperatorFactory(
        scoring,
        schema,
        "densities",
        "dead-letters",
        EngineFactory.jvm(),
        new ByHand(),
        first == null ? null : AtlasCodec.encode(first));
  }

  /** Opens an operator, with the state of another where there is one. */
  static ScoreHarness open(ScoreOperatorFactory operator, @Nullable OperatorSubtaskState state)
      throws Exception {
    return open(operator, state, 1, 0);
  }

  /** One of several subtasks. */
  static ScoreHarness open(
      ScoreOperatorFactory operator,
      @Nullable OperatorSubtaskState state,
      int parallelism,
      int subtask)
      throws Exception {
    ScoreHarness harness = new ScoreHarness(operator, parallelism, subtask);
    harness.setup(Samples.MESSAGES);
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  void event(RawEvent event) throws Exception {
    processElement(new StreamRecord<>(event));
  }

  /** The i-th event of the samples. */
  void event(long i) throws Exception {
    event(Samples.raw(i));
  }

  void events(long from, long to) throws Exception {
    for (long i = from; i < to; i++) {
      event(i);
    }
  }

  void atlasRecord(RawEvent record) throws Exception {
    ByHand.taker().take(record.offset(), record.key(), record.value());
    runMails();
  }

  void atlas(Atlas atlas) throws Exception {
    for (RawEvent record : records(atlas)) {
      atlasRecord(record);
    }
  }

  /** The feed of the atlas topic ends for this reason. */
  void failAtlases(RuntimeException why) throws Exception {
    ByHand.FAILED.get().accept(why);
    runMails();
  }

  private void runMails() throws Exception {
    for (Mail mail : getTaskMailbox().drain()) {
      mail.run();
    }
  }

  /** Ends the input. */
  void finish() throws Exception {
    getOperator().finish();
  }

  /** An atlas as it lies in its topic. */
  static List<RawEvent> records(Atlas atlas) {
    List<RawEvent> records = new ArrayList<>();
    for (KafkaMessage message : AtlasChunks.split(atlas, "atlas", 1_000)) {
      records.add(new RawEvent("atlas", 0, records.size(), 0, message.key(), message.value()));
    }
    return records;
  }

  /** What came out until now. */
  List<DensityRecord> densities() {
    return extractOutputValues().stream()
        .map(message -> DensityJson.fromBytes(Objects.requireNonNull(message.value())))
        .toList();
  }

  /** The dead letters until now. */
  List<KafkaMessage> deadLetters() {
    var letters = getSideOutput(ScoreOperator.DEAD_LETTERS);
    return letters == null ? List.of() : letters.stream().map(StreamRecord::getValue).toList();
  }

  /** A feed that brings what the test says, to the operator that was opened last. */
  private static final class ByHand implements AtlasFeed {

    private static final long serialVersionUID = 1L;

    private static final ThreadLocal<Taker> TAKER = new ThreadLocal<>();
    private static final ThreadLocal<Consumer<RuntimeException>> FAILED = new ThreadLocal<>();

    static Taker taker() {
      return Objects.requireNonNull(TAKER.get());
    }

    @Override
    public AutoCloseable open(Taker taker, Consumer<RuntimeException> failed) {
      TAKER.set(taker);
      FAILED.set(failed);
      return TAKER::remove;
    }
  }
}
