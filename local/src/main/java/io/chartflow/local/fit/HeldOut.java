package io.chartflow.local.fit;

import io.chartflow.local.data.TrueDensity;
import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.engine.AtlasEngine;
import io.chartflow.model.engine.AtlasScorer;
import io.chartflow.model.engine.DensitySum;
import io.chartflow.model.engine.EventBatch;
import io.chartflow.model.engine.ScoreBatch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The events that a fit is tested on, with their true log-densities where those are known. */
final class HeldOut {

  private static final int CHUNK = 1000;

  private final EventBatch events;
  private final double @Nullable [] truth;

  /** Reads {@code count} events. */
  HeldOut(FitRequest request, int count) {
    int dimension = request.dataSet().dimension();
    TrueDensity density = request.dataSet().truth().orElse(null);
    this.events = new EventBatch(count, dimension);
    this.truth = density == null ? null : new double[count];
    EventBatch one = new EventBatch(1, dimension);
    long seed = request.seed();
    // The noise of dequantisation must not repeat that of training: another seed.
    try (EventReader reader =
        new EventReader(
            request.dataSet(), request.dataSet().heldOut(seed, request.events()), ~seed)) {
      for (int i = 0; i < count; i++) {
        reader.fill(one, 1);
        events.add(one.values(), 0);
        if (density != null && truth != null) {
          truth[i] = density.logDensity(one.values(), reader.index());
        }
      }
    }
  }

  int size() {
    return events.size();
  }

  /** Mean true log-density, null where not known. */
  @Nullable Double trueLogLikelihood() {
    return truth == null ? null : mean(truth);
  }

  /** The log-density of every event by this atlas. */
  double[] score(AtlasEngine engine, Atlas atlas, DensitySum sum) {
    return read(engine, atlas, sum, ScoreBatch::logDensity);
  }

  /**
   * The median distance of an event from its chart's surface, in the units of the input; null where
   * charts have the dimension of the events.
   */
  @Nullable Double medianDistance(AtlasEngine engine, Atlas atlas) {
    if (!atlas.config().embedding().isPresent()) {
      return null;
    }
    double[] distances = read(engine, atlas, DensitySum.TRUNCATED, ScoreBatch::offManifoldDistance);
    Arrays.sort(distances);
    return distances[distances.length / 2];
  }

  /** One number of an event's score. */
  private interface Reading {
    double of(ScoreBatch scores, int row);
  }

  private double[] read(AtlasEngine engine, Atlas atlas, DensitySum sum, Reading reading) {
    double[] scores = new double[events.size()];
    EventBatch chunk = new EventBatch(CHUNK, events.dimension());
    ScoreBatch out = new ScoreBatch();
    try (AtlasScorer scorer = engine.scorer(atlas, sum)) {
      for (int from = 0; from < scores.length; from += CHUNK) {
        chunk.clear();
        int to = Math.min(scores.length, from + CHUNK);
        for (int i = from; i < to; i++) {
          chunk.add(events.values(), i * events.dimension());
        }
        scorer.score(chunk, out);
        for (int i = from; i < to; i++) {
          scores[i] = reading.of(out, i - from);
        }
      }
    }
    return scores;
  }

  static double mean(double[] values) {
    return Arrays.stream(values).sum() / values.length;
  }

  /** Standard error of the mean. */
  static double standardError(double[] values) {
    double mean = mean(values);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (values.length - 1.0) / values.length);
  }
}
