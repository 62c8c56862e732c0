package io.chartflow.jobs.score;

import io.chartflow.connect.config.ScoringConfig;
import io.chartflow.connect.density.DensityLine;
import io.chartflow.connect.event.DeadLetter;
import io.chartflow.connect.event.EventDecoder;
import io.chartflow.connect.event.RawEvent;
import io.chartflow.connect.flink.ChartflowTypes;
import io.chartflow.connect.meter.MeterNames;
import io.chartflow.connect.topic.DeadLetters;
import io.chartflow.connect.topic.KafkaMessage;
import io.chartflow.jobs.decode.Rejections;
import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.codec.CodecException;
import io.chartflow.model.engine.AtlasEngine;
import io.chartflow.model.engine.AtlasScorer;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes and scores records of the events topic with the newest atlas of the atlas topic, and
 * emits one density record for each that decodes, in their order. What does not decode is counted
 * and leaves at once, to {@link #DEAD_LETTERS}.
 *
 * <p>Events wait in a {@link MicroBatch} until it is full or its oldest has waited {@code
 * scoring.delay}. A newer atlas takes over between batches: what waits is scored with the one
 * before it, so an event's version is the one that was newest when the event came. A batch is also
 * scored before a checkpoint's barrier leaves, so no event is ever part of the state.
 *
 * <p>Without an atlas events leave at once as {@code NO_ATLAS}. A broken atlas, or one that cannot
 * score events of the schema, is logged, counted and ignored.
 *
 * <p>Every task reads the atlas topic itself, see {@link AtlasMails}. With the topic as a second
 * input no event could reach this operator but through a channel that serialises it: Flink runs an
 * operator of one input in the task of its source, and one of two inputs never.
 */
final class ScoreOperator extends AbstractStreamOperator<KafkaMessage>
    implements OneInputStreamOperator<RawEvent, KafkaMessage> {

  /** Side output: what did not decode, as messages of the dead-letter topic. */
  static final OutputTag<KafkaMessage> DEAD_LETTERS =
      new OutputTag<>("dead-letters", ChartflowTypes.KAFKA_MESSAGE);

  private static final long serialVersionUID = 1L;

  private static final Logger LOGGER = LoggerFactory.getLogger(ScoreOperator.class);

  private final transient ScoreOperatorFactory setup;
  private final transient ScoringConfig scoring;
  private final transient MailboxExecutor mailbox;
  private final transient AtlasEngine engine;
  private final transient EventDecoder decoder;
  private final transient MicroBatch batch;
  private final transient DensityLine line = new DensityLine();
  private final transient ScoreMeters meters;
  private final transient Rejections rejections;
  private final transient StreamRecord<KafkaMessage> out =
      new StreamRecord<>(KafkaMessage.of("", null, null, null));

  private transient @Nullable AtlasKeeper keeper;
  private transient @Nullable AtlasScorer scorer;
  private transient @Nullable DensityRecords records;
  private transient @Nullable AtlasMails atlases;
  private transient long firstCame;
  private transient boolean timerIsSet;

  /** Made where it runs; it does not travel itself. */
  ScoreOperator(StreamOperatorParameters<KafkaMessage> parameters, ScoreOperatorFactory setup) {
    super(parameters);
    this.setup = setup;
    this.scoring = setup.scoring();
    this.mailbox = parameters.getMailboxExecutor();
    this.engine = setup.engines().create();
    this.decoder = new EventDecoder(setup.schema());
    this.batch = new MicroBatch(scoring.batch(), setup.schema());
    this.meters = new ScoreMeters(getMetricGroup());
    this.rejections = new Rejections(MeterNames.SCORER_DEAD_LETTERS, getMetricGroup());
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    keeper =
        new AtlasKeeper(
            context.getOperatorStateStore().getBroadcastState(AtlasKeeper.STATE),
            setup.schema(),
            setup.firstAtlas());
  }

  @Override
  public void open() throws Exception {
    super.open();
    LOGGER.info("Scores with engine {}", engine.description());
    keeper().atlas().ifPresent(this::scoreWith);
    atlases = new AtlasMails(setup.atlases(), mailbox, this::takeAtlas);
  }

  @Override
  public void processElement(StreamRecord<RawEvent> element) {
    RawEvent event = element.getValue();
    DeadLetter letter = decoder.read(event);
    if (letter != null) {
      reject(letter);
    } else if (scorer == null) {
      long eventTime = decoder.eventTime();
      emit(event, eventTime, DensityRecords.noAtlas(line, meters, event, eventTime));
    } else {
      batch.add(event, decoder.values(), decoder.eventTime());
      if (batch.isFull()) {
        flush();
      } else if (batch.size() == 1) {
        startWaiting();
      }
    }
  }

  private void reject(DeadLetter letter) {
    rejections.note(letter, getProcessingTimeService().getCurrentProcessingTime());
    output.collect(
        DEAD_LETTERS, new StreamRecord<>(DeadLetters.toMessage(letter, setup.deadLettersTopic())));
  }

  private void takeAtlas(long offset, byte @Nullable [] key, byte @Nullable [] value)
      throws Exception {
    Optional<Atlas> newer;
    try {
      newer = keeper().accept(key, value);
    } catch (IllegalArgumentException | CodecException e) {
      meters.atlasIgnored();
      LOGGER.warn("The atlas message {} is ignored: {}", offset, e.getMessage(), e);
      return;
    }
    if (newer.isPresent()) {
      flush();
      scoreWith(newer.get());
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    flush();
    super.prepareSnapshotPreBarrier(checkpointId);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    keeper().snapshot();
  }

  @Override
  public void finish() throws Exception {
    flush();
    super.finish();
  }

  @Override
  public void close() throws Exception {
    if (atlases != null) {
      atlases.close();
    }
    if (scorer != null) {
      scorer.close();
    }
    super.close();
  }

  private void scoreWith(Atlas atlas) {
    AtlasScorer before = scorer;
    AtlasScorer next = engine.scorer(atlas, scoring.sum());
    scorer = next;
    records = new DensityRecords(line, meters, next, scoring, setup.schema().names());
    if (before != null) {
      before.close();
    }
    meters.scoringWith(atlas.manifest().version());
    LOGGER.info(
        "Scoring with version {}, which saw {} events",
        atlas.manifest().version(),
        atlas.manifest().events());
  }

  /** One timer at most is set: if its batch was filled before, it waits for the next one's time. */
  private void startWaiting() {
    firstCame = getProcessingTimeService().getCurrentProcessingTime();
    if (!timerIsSet) {
      setTimer();
    }
  }

  private void setTimer() {
    timerIsSet = true;
    ScheduledFuture<?> unused =
        getProcessingTimeService().registerTimer(deadline(), this::timeIsUp);
  }

  private void timeIsUp(long time) {
    timerIsSet = false;
    if (batch.size() == 0) {
      return;
    }
    if (time >= deadline()) {
      flush();
    } else {
      setTimer();
    }
  }

  private long deadline() {
    return firstCame + scoring.delay().toMillis();
  }

  private void flush() {
    if (batch.size() == 0) {
      return;
    }
    if (scorer == null || records == null) {
      throw new IllegalStateException("events wait although there is no atlas");
    }
    int size = batch.size();
    long waited = getProcessingTimeService().getCurrentProcessingTime() - firstCame;
    batch.score(scorer, records, this::emit);
    meters.scored(size, waited);
  }

  /** The record that carries the message is used anew: chained operators keep none, see Flink's. */
  private void emit(RawEvent event, long eventTime, byte[] density) {
    output.collect(
        out.replace(KafkaMessage.of(setup.densitiesTopic(), event.key(), density, eventTime)));
  }

  private AtlasKeeper keeper() {
    if (keeper == null) {
      throw new IllegalStateException("the operator was not initialised");
    }
    return keeper;
  }
}
