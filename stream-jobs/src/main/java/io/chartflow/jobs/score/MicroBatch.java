package io.chartflow.jobs.score;

import io.chartflow.connect.config.FieldConfig;
import io.chartflow.connect.config.MissingPolicy;
import io.chartflow.connect.config.SchemaConfig;
import io.chartflow.connect.event.RawEvent;
import io.chartflow.jobs.score.DensityRecords.Details;
import io.chartflow.model.engine.AtlasScorer;
import io.chartflow.model.engine.Attribution;
import io.chartflow.model.engine.EventBatch;
import io.chartflow.model.engine.ScoreBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Events that wait to be scored together, in their order. Gaps are filled or left out as their
 * fields say: fields to marginalise are the last of the schema.
 */
final class MicroBatch {

  private final EventBatch rows;
  private final List<RawEvent> events;
  private final long[] times;
  private final double[] pValues;

  /** Names of the imputed fields, by row, of the rows that lack one. */
  private final Map<Integer, List<String>> imputed = new HashMap<>();

  private final ScoreBatch scores = new ScoreBatch();
  private final EventBatch some;
  private final ScoreBatch someScores = new ScoreBatch();
  private final Attribution attribution = new Attribution();
  private final List<String> names;
  private final int imputable;

  /** An empty batch for this many events of this schema. */
  MicroBatch(int capacity, SchemaConfig schema) {
    this.rows = new EventBatch(capacity, schema.dimension());
    this.events = new ArrayList<>(capacity);
    this.times = new long[capacity];
    this.pValues = new double[capacity];
    this.some = new EventBatch(capacity, schema.dimension());
    this.names = schema.names();
    this.imputable =
        (int)
            schema.fields().stream()
                .map(FieldConfig::missing)
                .takeWhile(policy -> policy != MissingPolicy.MARGINALISE)
                .count();
  }

  /** Takes an event with its features, which are copied, and its time; there has to be room. */
  void add(RawEvent event, double[] values, long eventTime) {
    times[events.size()] = eventTime;
    rows.add(values, 0);
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
  void score(AtlasScorer scorer, DensityRecords records, Written written) {
    boolean lacking = rows.hasGaps();
    if (lacking) {
      noteImputed();
      scorer.imputeInPlace(rows, imputable);
    }
    scorer.score(rows, scores);
    boolean gaps = lacking && scoreObserved(scorer);
    for (int row = 0; row < events.size(); row++) {
      pValues[row] = gaps && rows.hasGap(row) ? Double.NaN : records.pValue(scores, row);
    }
    boolean attributed = attribute(scorer, records);
    boolean plain = imputed.isEmpty() && !gaps && !attributed;
    int observed = 0;
    int rare = 0;
    for (int row = 0; row < events.size(); row++) {
      boolean gap = gaps && rows.hasGap(row);
      boolean told = attributed && records.wantsAttribution(pValues[row]);
      Details details = plain ? Details.NONE : details(row, gap, told ? rare++ : -1);
      byte[] density =
          records.scored(
              events.get(row),
              times[row],
              gap ? someScores : scores,
              gap ? observed++ : row,
              pValues[row],
              details);
      written.take(events.get(row), times[row], density);
    }
    rows.clear();
    events.clear();
    imputed.clear();
  }

  private Details details(int row, boolean gap, int attributed) {
    return new Details(
        imputed.get(row),
        gap ? marginalised(row) : null,
        attributed < 0 ? null : attribution,
        attributed);
  }

  private void noteImputed() {
    for (int row = 0; row < events.size(); row++) {
      if (rows.hasGap(row)) {
        List<String> gaps = new ArrayList<>();
        for (int j = 0; j < imputable; j++) {
          if (Double.isNaN(rows.get(row, j))) {
            gaps.add(names.get(j));
          }
        }
        if (!gaps.isEmpty()) {
          imputed.put(row, gaps);
        }
      }
    }
  }

  /** An event with a gap among the last fields is scored by what lies before the first of them. */
  private List<String> marginalised(int row) {
    int first = imputable;
    while (!Double.isNaN(rows.get(row, first))) {
      first++;
    }
    return names.subList(first, names.size());
  }

  /** Scores the events that still have gaps, in their order; whether there are any. */
  private boolean scoreObserved(AtlasScorer scorer) {
    some.clear();
    for (int row = 0; row < rows.size(); row++) {
      if (rows.hasGap(row)) {
        some.add(rows.values(), row * rows.dimension());
      }
    }
    if (some.size() > 0) {
      scorer.scoreObserved(some, someScores);
    }
    return some.size() > 0;
  }

  /** Finds what each feature adds to the surprisals of the rare events; whether there are any. */
  private boolean attribute(AtlasScorer scorer, DensityRecords records) {
    some.clear();
    for (int row = 0; row < rows.size(); row++) {
      if (records.wantsAttribution(pValues[row])) {
        some.add(rows.values(), row * rows.dimension());
      }
    }
    if (some.size() > 0) {
      scorer.attribute(some, attribution);
    }
    return some.size() > 0;
  }

  /** Takes the records, in the order of the events. */
  @FunctionalInterface
  interface Written {

    void take(RawEvent event, long eventTime, byte[] density);
  }
}
