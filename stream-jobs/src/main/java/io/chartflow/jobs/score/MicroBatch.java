package io.chartflow.jobs.score;

import io.chartflow.connect.config.SchemaConfig;
import io.chartflow.connect.config.ScoringConfig;
import io.chartflow.connect.density.DensityRecord;
import io.chartflow.connect.event.Event;
import io.chartflow.model.engine.AtlasScorer;
import io.chartflow.model.engine.Attribution;
import io.chartflow.model.engine.EventBatch;
import io.chartflow.model.engine.ScoreBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Events that wait to be scored together, in their order. */
final class MicroBatch {

  private final EventBatch rows;
  private final List<Event> events;
  private final List<DensityRecord> records;
  private final ScoreBatch scores = new ScoreBatch();
  private final EventBatch rare;
  private final Attribution attribution = new Attribution();
  private final List<String> names;

  /** An empty batch for this many events of this schema. */
  MicroBatch(int capacity, SchemaConfig schema) {
    rows = new EventBatch(capacity, schema.dimension());
    events = new ArrayList<>(capacity);
    records = new ArrayList<>(capacity);
    rare = new EventBatch(capacity, schema.dimension());
    names = schema.names();
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
      records.add(DensityRecords.scored(events.get(row), scores, row, scorer, scoring));
    }
    attribute(scorer, scoring);
    for (int row = 0; row < events.size(); row++) {
      emit.accept(events.get(row), records.get(row));
    }
    rows.clear();
    events.clear();
    records.clear();
  }

  /** Tells the rare events of {@code records} what each feature adds to their surprisal. */
  private void attribute(AtlasScorer scorer, ScoringConfig scoring) {
    rare.clear();
    for (int row = 0; row < records.size(); row++) {
      if (DensityRecords.wantsAttribution(records.get(row), scoring)) {
        rare.add(rows.values(), row * rows.dimension());
      }
    }
    if (rare.size() == 0) {
      return;
    }
    scorer.attribute(rare, attribution);
    int next = 0;
    for (int row = 0; row < records.size(); row++) {
      DensityRecord record = records.get(row);
      if (DensityRecords.wantsAttribution(record, scoring)) {
        records.set(row, DensityRecords.attributed(record, attribution, next++, names));
      }
    }
  }
}
