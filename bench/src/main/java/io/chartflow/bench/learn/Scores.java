package io.chartflow.bench.learn;

import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.engine.AtlasEngine;
import io.chartflow.model.engine.AtlasScorer;
import io.chartflow.model.engine.DensitySum;
import io.chartflow.model.engine.EventBatch;
import io.chartflow.model.engine.ScoreBatch;
import java.util.Arrays;
import java.util.function.ToDoubleBiFunction;

/** What an atlas says of a set of events. */
public final class Scores {

  private static final int CHUNK = 1000;

  private Scores() {}

  /** Told of a scored chunk: its scores, and the row of the whole that it begins at. */
  @FunctionalInterface
  interface Chunk {
    void scored(ScoreBatch scores, int from);
  }

  /** The log-density of every event. */
  public static double[] logDensities(
      AtlasEngine engine, Atlas atlas, DensitySum sum, EventBatch events) {
    return rows(engine, atlas, sum, events, ScoreBatch::logDensity);
  }

  /** The most probable chart of every event. */
  public static int[] charts(AtlasEngine engine, Atlas atlas, DensitySum sum, EventBatch events) {
    int[] charts = new int[events.size()];
    each(
        engine,
        atlas,
        sum,
        events,
        (chunk, from) -> {
          for (int i = 0; i < chunk.size(); i++) {
            charts[from + i] = chunk.chart(i);
          }
        });
    return charts;
  }

  /** Each event's distance from the surface; 0 when {@code d = D}. */
  public static double[] distances(
      AtlasEngine engine, Atlas atlas, DensitySum sum, EventBatch events) {
    return rows(engine, atlas, sum, events, ScoreBatch::offManifoldDistance);
  }

  /** Mean log-density over the events. */
  public static double mean(AtlasEngine engine, Atlas atlas, DensitySum sum, EventBatch events) {
    return mean(logDensities(engine, atlas, sum, events));
  }

  /**
   * Mean log-density in the space of the events: as {@link #mean}, and with it, where charts are
   * surfaces, that of the noise about them, as thick as these events are far from them.
   */
  public static double inSpace(AtlasEngine engine, Atlas atlas, DensitySum sum, EventBatch events) {
    double mean = mean(engine, atlas, sum, events);
    int codimension = atlas.config().dimension() - atlas.config().latentDimension();
    if (codimension == 0) {
      return mean;
    }
    double[] distances = distances(engine, atlas, sum, events);
    return mean + Thickness.of(distances, codimension).meanLogDensity(distances);
  }

  /** Mean of values. */
  public static double mean(double[] values) {
    return Arrays.stream(values).sum() / values.length;
  }

  private static double[] rows(
      AtlasEngine engine,
      Atlas atlas,
      DensitySum sum,
      EventBatch events,
      ToDoubleBiFunction<ScoreBatch, Integer> of) {
    double[] values = new double[events.size()];
    each(
        engine,
        atlas,
        sum,
        events,
        (chunk, from) -> {
          for (int i = 0; i < chunk.size(); i++) {
            values[from + i] = of.applyAsDouble(chunk, i);
          }
        });
    return values;
  }

  static void each(
      AtlasEngine engine, Atlas atlas, DensitySum sum, EventBatch events, Chunk chunk) {
    EventBatch some = new EventBatch(CHUNK, events.dimension());
    ScoreBatch out = new ScoreBatch();
    try (AtlasScorer scorer = engine.scorer(atlas, sum)) {
      for (int from = 0; from < events.size(); from += CHUNK) {
        some.clear();
        for (int i = from; i < Math.min(events.size(), from + CHUNK); i++) {
          some.add(events.values(), i * events.dimension());
        }
        scorer.score(some, out);
        chunk.scored(out, from);
      }
    }
  }
}
