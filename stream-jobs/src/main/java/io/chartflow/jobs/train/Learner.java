package io.chartflow.jobs.train;

import io.chartflow.connect.config.PublishingConfig;
import io.chartflow.connect.event.Event;
import io.chartflow.jobs.train.TrainCheckpoint.Counts;
import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.engine.AtlasTrainer;
import io.chartflow.model.engine.EventBatch;
import io.chartflow.model.engine.PublishRequest;
import io.chartflow.model.engine.TrainReport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A trainer with what surrounds it: the batch that fills, the positions that it has learned to, and
 * the versions that it has published. Knows nothing of Flink, and no clock but the one it is told.
 *
 * <p>Positions count a batch that the trainer refused as learned: it was read, and nobody will
 * bring it back. Events that wait in the unfinished batch are not learned yet.
 */
final class Learner implements AutoCloseable {

  private final AtlasTrainer trainer;
  private final PublishingConfig publishing;
  private final EventBatch rows;
  private final List<Event> batch = new ArrayList<>();
  private final SortedMap<String, Long> positions = new TreeMap<>();
  private final Deque<PublishedVersion> published = new ArrayDeque<>();
  private long eventTimeMillis = Long.MIN_VALUE;
  private Counts progress = Counts.NONE;
  private long version;
  private long publishedAtMillis;

  /** A learner that has seen nothing; {@code nowMillis} is when the wait for a version begins. */
  Learner(AtlasTrainer trainer, PublishingConfig publishing, long nowMillis) {
    this.trainer = trainer;
    this.publishing = publishing;
    this.rows = new EventBatch(trainer.config().training().batch(), trainer.config().dimension());
    this.publishedAtMillis = nowMillis;
  }

  /** A learner that goes on where the checkpoint was taken; the trainer is the checkpoint's. */
  Learner(
      AtlasTrainer trainer,
      PublishingConfig publishing,
      long nowMillis,
      TrainCheckpoint checkpoint) {
    this(trainer, publishing, nowMillis);
    checkpoint.batch().forEach(this::append);
    positions.putAll(checkpoint.positions());
    published.addAll(checkpoint.published());
    eventTimeMillis = checkpoint.eventTimeMillis();
    progress = checkpoint.progress();
    version = checkpoint.version();
  }

  /** Takes an event; the report of the step, if it filled the batch. */
  Optional<TrainReport> learn(Event event) {
    append(event);
    return rows.isFull() ? Optional.of(step()) : Optional.empty();
  }

  /** Learns from what waits, if a step can be taken on it: a spread needs two rows. */
  Optional<TrainReport> learnRest() {
    return rows.size() < 2 ? Optional.empty() : Optional.of(step());
  }

  /** Whether a version is due. */
  PublishDecision decide(long nowMillis) {
    return PublishDecision.of(
        publishing,
        new PublishDecision.Progress(
            trainer.isReady(),
            progress.stepsSince(),
            progress.eventsSince(),
            nowMillis - publishedAtMillis));
  }

  /** Whether there is anything that the last version does not have. */
  boolean hasNews() {
    return trainer.isReady() && progress.stepsSince() > 0;
  }

  /**
   * The next version.
   *
   * @param floor a number that the version has to be above, whatever this learner published before
   */
  Optional<Atlas> publish(long floor, long nowMillis) {
    long next = Math.max(version, floor) + 1;
    Optional<Atlas> atlas =
        trainer.publish(new PublishRequest(next, version, positions, eventTimeMillis));
    if (atlas.isPresent()) {
      version = next;
      progress = progress.published();
      publishedAtMillis = nowMillis;
    }
    return atlas;
  }

  /** Notes how the last version was cut; the versions that are to be retired, oldest first. */
  List<PublishedVersion> retire(int chunksOfLastVersion) {
    published.addLast(new PublishedVersion(version, chunksOfLastVersion));
    List<PublishedVersion> retired = new ArrayList<>();
    while (published.size() > publishing.keep()) {
      retired.add(published.removeFirst());
    }
    return retired;
  }

  /** What goes on to the same bits. */
  TrainCheckpoint snapshot() {
    return new TrainCheckpoint(
        trainer.snapshot(),
        batch,
        positions,
        eventTimeMillis,
        progress,
        version,
        List.copyOf(published));
  }

  /** The last version, or 0. */
  long version() {
    return version;
  }

  /** Events that the trainer has seen. */
  long events() {
    return progress.events();
  }

  /** Events that wait for their batch to fill. */
  int waiting() {
    return rows.size();
  }

  @Override
  public void close() {
    trainer.close();
  }

  private void append(Event event) {
    rows.add(event.values(), 0);
    batch.add(event);
  }

  private TrainReport step() {
    trainer.train(rows);
    TrainReport report = trainer.report();
    noteRead();
    progress = progress.reached(report.step(), report.events());
    rows.clear();
    batch.clear();
    return report;
  }

  /** Events of a partition come in runs, so its position is moved once for each run. */
  private void noteRead() {
    Event farthest = batch.get(0);
    for (Event event : batch) {
      eventTimeMillis = Math.max(eventTimeMillis, event.eventTime());
      boolean sameRun =
          event.partition() == farthest.partition() && event.topic().equals(farthest.topic());
      if (!sameRun) {
        noteReadTo(farthest);
      }
      if (!sameRun || event.offset() > farthest.offset()) {
        farthest = event;
      }
    }
    noteReadTo(farthest);
  }

  private void noteReadTo(Event event) {
    positions.merge(event.topic() + "-" + event.partition(), event.offset() + 1, Math::max);
  }
}
