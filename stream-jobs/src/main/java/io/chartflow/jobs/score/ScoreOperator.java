package io.chartflow.jobs.score;

import io.chartflow.connect.config.SchemaConfig;
import io.chartflow.connect.config.ScoringConfig;
import io.chartflow.connect.density.DensityRecord;
import io.chartflow.connect.density.DensityWriter;
import io.chartflow.connect.event.Event;
import io.chartflow.connect.event.RawEvent;
import io.chartflow.connect.topic.KafkaMessage;
import io.chartflow.jobs.EngineFactory;
import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.codec.CodecException;
import io.chartflow.model.engine.AtlasEngine;
import io.chartflow.model.engine.AtlasScorer;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores events (input 1) with the newest atlas of the atlas topic (input 2, broadcast) and emits
 * one density record for each, in their order.
 *
 * <p>Events wait in a {@link MicroBatch} until it is full or its oldest has waited {@code
 * scoring.delay}. A newer atlas takes over between batches: what waits is scored with the one
 * before it, so an event's version is the one that was newest when the event came. A batch is also
 * scored before a checkpoint's barrier leaves, so no event is ever part of the state.
 *
 * <p>Without an atlas events leave at once as {@code NO_ATLAS}. A broken atlas, or one that cannot
 * score events of the schema, is logged, counted and ignored.
 */
final class ScoreOperator extends AbstractStreamOperator<KafkaMessage>
    implements TwoInputStreamOperator<Event, RawEvent, KafkaMessage> {

  private static final long serialVersionUID = 1L;

  private static final Logger LOGGER = LoggerFactory.getLogger(ScoreOperator.class);

  private final ScoringConfig scoring;
  private final SchemaConfig schema;
  private final String densitiesTopic;
  private final EngineFactory engines;
  private final byte @Nullable [] firstAtlas;

  private transient @Nullable AtlasKeeper keeper;
  private transient @Nullable AtlasEngine engine;
  private transient @Nullable MicroBatch batch;
  private transient @Nullable AtlasScorer scorer;
  private transient @Nullable ScoreMeters meters;
  private transient @Nullable DensityWriter writer;
  private transient long firstCame;
  private transient boolean timerIsSet;

  /**
   * @param firstAtlas the newest version when the job was submitted, encoded, or null: without it
   *     the first events would race the atlas topic and come out as {@code NO_ATLAS}
   */
  ScoreOperator(
      ScoringConfig scoring,
      SchemaConfig schema,
      String densitiesTopic,
      EngineFactory engines,
      byte @Nullable [] firstAtlas) {
    this.firstAtlas = firstAtlas;
    this.scoring = scoring;
    this.schema = schema;
    this.densitiesTopic = densitiesTopic;
    this.engines = engines;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    keeper =
        new AtlasKeeper(
            context.getOperatorStateStore().getBroadcastState(AtlasKeeper.STATE),
            schema,
            firstAtlas);
  }

  @Override
  public void open() throws Exception {
    super.open();
    engine = engines.create();
    LOGGER.info("Scores with engine {}", engine.description());
    writer = new DensityWriter();
    batch = new MicroBatch(scoring.batch(), schema);
    meters = new ScoreMeters(getMetricGroup());
    keeper().atlas().ifPresent(this::scoreWith);
  }

  @Override
  public void processElement1(StreamRecord<Event> element) {
    Event event = element.getValue();
    if (scorer == null) {
      emit(event, DensityRecords.noAtlas(event));
      return;
    }
    batch().add(event);
    if (batch().isFull()) {
      flush();
    } else if (batch().size() == 1) {
      startWaiting();
    }
  }

  @Override
  public void processElement2(StreamRecord<RawEvent> element) throws Exception {
    RawEvent record = element.getValue();
    Optional<Atlas> newer;
    try {
      newer = keeper().accept(record.key(), record.value());
    } catch (IllegalArgumentException | CodecException e) {
      meters().atlasIgnored();
      LOGGER.warn("Atlas record {} is ignored: {}", record.position(), e.getMessage(), e);
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
    if (scorer != null) {
      scorer.close();
    }
    super.close();
  }

  private void scoreWith(Atlas atlas) {
    AtlasScorer before = scorer;
    if (engine == null) {
      throw new IllegalStateException("the operator was not opened");
    }
    scorer = engine.scorer(atlas, scoring.sum());
    if (before != null) {
      before.close();
    }
    meters().scoringWith(atlas.manifest().version());
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
    if (batch().size() == 0) {
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
    if (batch().size() == 0) {
      return;
    }
    if (scorer == null) {
      throw new IllegalStateException("events wait although there is no atlas");
    }
    int size = batch().size();
    long waited = getProcessingTimeService().getCurrentProcessingTime() - firstCame;
    batch().score(scorer, scoring, this::emit);
    meters().scored(size, waited);
  }

  private void emit(Event event, DensityRecord record) {
    // Kafka refuses negative timestamps; the record itself tells the true time.
    long timestamp = Math.max(0, event.eventTime());
    output.collect(
        new StreamRecord<>(
            KafkaMessage.of(
                densitiesTopic, event.key(), opened(writer).toBytes(record), timestamp)));
    meters().emitted(record);
  }

  private AtlasKeeper keeper() {
    return opened(keeper);
  }

  private MicroBatch batch() {
    return opened(batch);
  }

  private ScoreMeters meters() {
    return opened(meters);
  }

  private static <T> T opened(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("the operator was not opened");
    }
    return part;
  }
}
