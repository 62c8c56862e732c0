package io.chartflow.model.marginal;

import io.chartflow.model.linalg.Doubles;

/**
 * The state of {@link FirstEvents}.
 *
 * @param dimension number of features {@code D}
 * @param count events seen
 * @param random state of the generator
 * @param rows events kept, (n × D), row-major
 */
public record FirstEventsState(int dimension, long count, long random, Doubles rows) {

  /**
   * @throws IllegalArgumentException if there are not as many rows as the count asks for
   */
  public FirstEventsState {
    if (dimension < 1) {
      throw new IllegalArgumentException("first events have at least 1 feature, got " + dimension);
    }
    long expected = Math.min(count, FirstEvents.capacity(dimension)) * dimension;
    if (rows.size() != expected) {
      throw new IllegalArgumentException(
          "first events must be %d values after %d events of %d features, got %d"
              .formatted(expected, count, dimension, rows.size()));
    }
  }
}
