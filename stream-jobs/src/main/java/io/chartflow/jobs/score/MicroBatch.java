package io.chartflow.jobs.score;

import io.chartflow.connect.config.FieldConfig;
import io.chartflow.connect.config.MissingPolicy;
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

/**
 * Events that wait to be scored together, in their order. Gaps are filled or left out as their
 * fields say: fields to marginalise are the last of the schema.
 */
final class MicroBatch {

  private final EventBatch rows;
  private final List<Event> events;
  private final List<DensityRecord> records;
  private final ScoreBatch scores = new ScoreBatch();
  private final EventBatch some;
  private final ScoreBatch someScores = new ScoreBatch();
  private final Attribution attribution = new Attribution();
  private final SchemaConfig schema;
  private final int imputable;

  /** An empty batch for this many events of this schema. */
  MicroBatch(int capacity, SchemaConfig schema) {
    this.rows = new EventBatch(capacity, schema.dimension());
    this.events = new ArrayList<>(capacity);
    this.records = new ArrayList<>(capacity);
    this.some = new EventBatch(capacity, schema.dimension());
    this.schema = schema;
    this.imputable =
        (int)
            schema.fields().stream()
                .map(FieldConfig::missing)
                .takeWhile(policy -> policy != MissingPolicy.MARGINALISE)
                .count();
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
    scorer.imputeInPlace(rows, imputable);
    scorer.score(rows, scores);
    scoreObserved(scorer);
    DensityRecords maker = new DensityRecords(scorer, scoring, schema.names());
    int gaps = 0;
    for (int row = 0; row < events.size(); row++) {
      Event event = events.get(row);
      records.add(
          rows.hasGap(row)
              ? maker.observed(event, someScores, gaps++, imputable)
              : maker.scored(event, scores, row));
    }
    attribute(scorer, maker);
    for (int row = 0; row < events.size(); row++) {
      emit.accept(events.get(row), records.get(row));
    }
    rows.clear();
    events.clear();
    records.clear();
  }

  /** Scores the events that still have gaps, in their order. */
  private void scoreObserved(AtlasScorer scorer) {
    some.clear();
    for (int row = 0; row < rows.size(); row++) {
      if (rows.hasGap(row)) {
        some.add(rows.values(), row * rows.dimension());
      }
    }
    if (some.size() > 0) {
      scorer.scoreObserved(some, someScores);
    }
  }

  /** Tells the rare events of {@code records} what each feature adds to their surprisal. */
  private void attribute(AtlasScorer scorer, DensityRecords maker) {
    some.clear();
    for (int row = 0; row < records.size(); row++) {
      if (maker.wantsAttribution(records.get(row))) {
        some.add(rows.values(), row * rows.dimension());
      }
    }
    if (some.size() == 0) {
      return;
    }
    scorer.attribute(some, attribution);
    int next = 0;
    for (int row = 0; row < records.size(); row++) {
      DensityRecord record = records.get(row);
      if (maker.wantsAttribution(record)) {
        records.set(row, maker.attributed(record, attribution, next++));
      }
    }
  }
}
