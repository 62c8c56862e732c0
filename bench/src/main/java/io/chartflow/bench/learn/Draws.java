package io.chartflow.bench.learn;

import io.chartflow.local.data.DataSet;
import io.chartflow.local.data.TrueDensity;
import io.chartflow.local.fit.EventReader;
import io.chartflow.model.engine.EventBatch;
import java.util.Optional;

/**
 * Events of a data set, dequantised, with their true log-densities where those are known.
 *
 * @param events the draws
 * @param trueLogLikelihood mean of the true log-density over them, empty where not known
 */
public record Draws(EventBatch events, Optional<Double> trueLogLikelihood) {

  /** The first events to learn from. */
  public static EventBatch training(DataSet set, int count, long seed) {
    EventBatch events = new EventBatch(count, set.dimension());
    try (EventReader reader = new EventReader(set, set.training(seed), seed)) {
      reader.fill(events, count);
    }
    return events;
  }

  /** Events that nothing learns from: those after the first {@code skipped} that are held out. */
  public static Draws heldOut(DataSet set, long after, int skipped, int count, long seed) {
    // The noise of dequantisation must not repeat that of training: another seed.
    try (EventReader reader = new EventReader(set, set.heldOut(seed, after), ~seed)) {
      EventBatch one = new EventBatch(1, set.dimension());
      for (int i = 0; i < skipped; i++) {
        reader.fill(one, 1);
      }
      EventBatch events = new EventBatch(count, set.dimension());
      double sum = 0;
      for (int i = 0; i < count; i++) {
        reader.fill(one, 1);
        events.add(one.values(), 0);
        sum += truth(set, one, reader.index());
      }
      return new Draws(events, set.truth().isEmpty() ? Optional.empty() : Optional.of(sum / count));
    }
  }

  private static double truth(DataSet set, EventBatch one, long index) {
    Optional<TrueDensity> density = set.truth();
    return density.isEmpty() ? 0 : density.get().logDensity(one.values(), index);
  }
}
