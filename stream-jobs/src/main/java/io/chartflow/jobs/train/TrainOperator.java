package io.chartflow.jobs.train;

import io.chartflow.connect.atlas.AtlasChunks;
import io.chartflow.connect.config.PublishingConfig;
import io.chartflow.connect.event.Event;
import io.chartflow.connect.topic.KafkaMessage;
import io.chartflow.jobs.EngineFactory;
import io.chartflow.jobs.NowAndThen;
import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.engine.AtlasEngine;
import io.chartflow.model.engine.TrainReport;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns from every event, test-then-train, and emits the records of the atlas topic: versions in
 * chunks, and tombstones for versions that are retired. Parallelism one.
 *
 * <p>Its state is one element of operator list state, a {@link TrainCheckpoint}; a version leaves
 * through an exactly-once sink, so it is seen only together with the checkpoint that knows of it.
 * The time since the last version is not part of the state: after a restart it begins anew.
 */
final class TrainOperator extends AbstractStreamOperator<KafkaMessage>
    implements OneInputStreamOperator<Event, KafkaMessage> {

  private static final long serialVersionUID = 1L;

  private static final Logger LOGGER = LoggerFactory.getLogger(TrainOperator.class);

  private static final ListStateDescriptor<byte[]> STATE =
      new ListStateDescriptor<>("trainer", BytePrimitiveArraySerializer.INSTANCE);

  private final AtlasConfig model;
  private final PublishingConfig publishing;
  private final String atlasTopic;
  private final long versionFloor;
  private final EngineFactory engines;

  private transient @Nullable ListState<byte[]> state;
  private transient @Nullable Learner learner;
  private transient @Nullable TrainMeters meters;
  private transient @Nullable NowAndThen refusals;

  /**
   * @param versionFloor a number that every version has to be above: the newest that already lies
   *     in the atlas topic, since scorers ignore what is older than what they have
   */
  TrainOperator(
      AtlasConfig model,
      PublishingConfig publishing,
      String atlasTopic,
      long versionFloor,
      EngineFactory engines) {
    this.model = model;
    this.publishing = publishing;
    this.atlasTopic = atlasTopic;
    this.versionFloor = versionFloor;
    this.engines = engines;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    ListState<byte[]> restored = context.getOperatorStateStore().getListState(STATE);
    Iterator<byte[]> elements = restored.get().iterator();
    AtlasEngine engine = engines.create();
    LOGGER.info("Learns with engine {}", engine.description());
    long now = getProcessingTimeService().getCurrentProcessingTime();
    if (elements.hasNext()) {
      TrainCheckpoint checkpoint = TrainCheckpointCodec.decode(elements.next());
      if (elements.hasNext()) {
        throw new IllegalStateException("expected the state of one trainer, got several");
      }
      demandSameModel(checkpoint.trainer().config());
      learner = new Learner(engine.trainer(checkpoint.trainer()), publishing, now, checkpoint);
      LOGGER.info(
          "Trainer goes on after {} events and version {}",
          checkpoint.progress().events(),
          checkpoint.version());
    } else {
      learner = new Learner(engine.trainer(model), publishing, now);
      LOGGER.info("Trainer starts with nothing; its versions begin at {}", versionFloor + 1);
    }
    state = restored;
  }

  @Override
  public void open() throws Exception {
    super.open();
    meters = new TrainMeters(getMetricGroup(), learner().events(), learner().version());
    refusals = new NowAndThen();
    wakeWhenTimeIsUp();
  }

  @Override
  public void processElement(StreamRecord<Event> element) {
    Optional<TrainReport> report = learner().learn(element.getValue());
    if (report.isPresent()) {
      stepped(report.get());
      publishIfDue();
    }
  }

  /** At the end of the input, which a bounded stream has: learns the rest and publishes it. */
  @Override
  public void finish() throws Exception {
    learner().learnRest().ifPresent(this::stepped);
    if (learner().waiting() > 0) {
      LOGGER.warn("Input ended with {} event that no step can be taken on", learner().waiting());
    }
    if (learner().hasNews()) {
      publish("the input ended");
    }
    super.finish();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    if (state == null) {
      throw new IllegalStateException("snapshot before initializeState");
    }
    state.update(List.of(TrainCheckpointCodec.encode(learner().snapshot())));
  }

  @Override
  public void close() throws Exception {
    if (learner != null) {
      learner.close();
    }
    super.close();
  }

  private void stepped(TrainReport report) {
    meters().stepped(report);
    if (report.opened()) {
      tellOpening(report);
    }
    if (report.refused()) {
      long refused = refusals().untoldAt(getProcessingTimeService().getCurrentProcessingTime());
      if (refused > 0) {
        LOGGER.warn(
            "{} batches were refused since the last such line, the last one after step {}: too"
                + " few rows near the others, or a loss or gradient that is not finite",
            refused,
            report.step());
      }
    }
  }

  private static void tellOpening(TrainReport report) {
    if (report.step() == 0) {
      LOGGER.warn(
          "The stream has moved to where its events can teach nothing: the features are fitted"
              + " again, and all is learned anew, after event {}",
          report.events());
    } else {
      LOGGER.warn(
          "The world has changed: the log-likelihood fell, or the error of the reconstruction"
              + " rose, and stayed so. Learning begins again at its first rates, and p-values with"
              + " nothing, after event {} and step {}; the last batch had a log-likelihood of {}"
              + " nats and an error of {}",
          report.events(),
          report.step(),
          String.format(Locale.ROOT, "%.3f", report.logLikelihood()),
          String.format(Locale.ROOT, "%.3g", report.reconstruction()));
    }
  }

  private void publishIfDue() {
    PublishDecision decision =
        learner().decide(getProcessingTimeService().getCurrentProcessingTime());
    if (decision.publishes()) {
      publish(decision.name());
      wakeWhenTimeIsUp();
    }
  }

  private void publish(String why) {
    Optional<Atlas> published =
        learner().publish(versionFloor, getProcessingTimeService().getCurrentProcessingTime());
    if (published.isEmpty()) {
      throw new IllegalStateException("a trainer that is ready has nothing to publish");
    }
    List<KafkaMessage> messages =
        AtlasChunks.split(published.get(), atlasTopic, AtlasChunks.DEFAULT_CHUNK_BYTES);
    emit(messages);
    for (PublishedVersion retired : learner().retire(messages.size() - 1)) {
      emit(AtlasChunks.tombstones(retired.version(), retired.chunks(), atlasTopic));
    }
    meters().published(learner().version(), bytes(messages));
    LOGGER.info("Published version {} ({})", learner().version(), why);
  }

  /**
   * A stream that stands still fills no batch; the timer publishes what was learned before it
   * stopped. A bound that is met while there is no news is seen at the next step.
   */
  private void wakeWhenTimeIsUp() {
    long now = getProcessingTimeService().getCurrentProcessingTime();
    long versionThen = learner().version();
    // A failure in the timer fails the task by itself.
    ScheduledFuture<?> unused =
        getProcessingTimeService()
            .registerTimer(
                now + publishing.every().toMillis(),
                time -> {
                  if (learner().version() == versionThen) {
                    publishIfDue();
                  }
                });
  }

  private static long bytes(List<KafkaMessage> messages) {
    return messages.stream()
        .map(KafkaMessage::value)
        .filter(Objects::nonNull)
        .mapToLong(value -> value.length)
        .sum();
  }

  private void emit(List<KafkaMessage> messages) {
    for (KafkaMessage message : messages) {
      output.collect(new StreamRecord<>(message));
    }
  }

  private void demandSameModel(AtlasConfig restored) {
    if (!restored.hash().equals(model.hash())) {
      throw new ModelMismatchException(restored, model);
    }
  }

  private Learner learner() {
    return present(learner);
  }

  private TrainMeters meters() {
    return present(meters);
  }

  private NowAndThen refusals() {
    return present(refusals);
  }

  private static <T> T present(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("the operator was not opened");
    }
    return part;
  }
}
