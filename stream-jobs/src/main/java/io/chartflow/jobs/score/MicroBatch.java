package io.chartflow.jobs.score;

import io.chartflow.connect.config.ScoringConfig;
import io.chartflow.connect.density.DensityRecord;
import io.chartflow.connect.event.Event;
import io.chartflow.model.engine.AtlasScorer;
import io.chartflow.model.engine.EventBatch;
import io.chartflow.model.engine.ScoreBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Events that wait to be scored together, in their order. */
final class MicroBatch {

  private final EventBatch rows;
  private final List<Event> events;
  private final ScoreBatch scores = new ScoreBatch();

  /** An empty batch for this many events of this many features. */
  MicroBatch(int capacity, int dimension) {
    rows = new EventBatch(capacity, dimension);
    events = new ArrayList<>(capacity);
  }

  /** Takes an event; there has to be room. */
  void add(Event event) {
    rows.add(event.values(), 0);
    events.add(event);
  }

  /** Whether no further event fits. */
  boolean isFull() {
    return rows.isFull();
  }

  /** Number of events that wait. */
  int size() {
    return events.size();
  }

  /** Scores all and forgets them. */
  void score(AtlasScorer scorer, ScoringConfig scoring, BiConsumer<Event, DensityRecord> emit) {
    scorer.score(rows, scores);
    for (int row = 0; row < events.size(); row++) {
      Event event = events.get(row);
      emit.accept(event, DensityRecords.scored(event, scores, row, scorer, scoring));
    }
    rows.clear();
    events.clear();
  }
}
