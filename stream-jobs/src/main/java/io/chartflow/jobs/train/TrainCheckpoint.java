package io.chartflow.jobs.train;

import io.chartflow.connect.event.Event;
import io.chartflow.model.engine.TrainerState;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that {@link Learner} needs to go on to the same bits. {@link TrainCheckpointCodec}
 * turns it to bytes.
 *
 * @param trainer the learner's model, moments and random state
 * @param batch events that were read but not learned from, in order, without their keys
 * @param positions for each partition ({@code topic-partition}), the offset of the first event that
 *     was <em>not</em> learned from
 * @param eventTimeMillis latest event time learned from, or {@link Long#MIN_VALUE}
 * @param progress steps and events, now and at the last version
 * @param version the last version, or 0
 * @param published versions in the topic that are not retired, oldest first
 */
record TrainCheckpoint(
    TrainerState trainer,
    List<Event> batch,
    SortedMap<String, Long> positions,
    long eventTimeMillis,
    Counts progress,
    long version,
    List<PublishedVersion> published) {

  TrainCheckpoint {
    batch = List.copyOf(batch);
    positions = Collections.unmodifiableSortedMap(new TreeMap<>(positions));
    published = List.copyOf(published);
  }

  /**
   * Where a learner stands.
   *
   * @param steps taken
   * @param events seen
   * @param publishedSteps steps when the last version was published
   * @param publishedEvents events when the last version was published
   */
  record Counts(long steps, long events, long publishedSteps, long publishedEvents) {

    static final Counts NONE = new Counts(0, 0, 0, 0);

    /** After a batch; a learner that began anew counts its steps anew. */
    Counts reached(long nowSteps, long nowEvents) {
      return new Counts(
          nowSteps, nowEvents, nowSteps < steps ? 0 : publishedSteps, publishedEvents);
    }

    /** After a version. */
    Counts published() {
      return new Counts(steps, events, steps, events);
    }

    long stepsSince() {
      return steps - publishedSteps;
    }

    long eventsSince() {
      return events - publishedEvents;
    }
  }
}
