package io.chartflow.bench.drift;

import io.chartflow.local.data.DataSet;
import io.chartflow.local.data.DataSets;
import io.chartflow.model.linalg.Doubles;

/**
 * A shape of a mixture, moved.
 *
 * @param dataSet where its events come from
 * @param weight share of the mixture; weights sum to one
 * @param shift added to its events
 */
record Part(DataSet dataSet, double weight, Doubles shift) {

  static Part of(String name, double weight, double... shift) {
    return new Part(DataSets.named(name), weight, Doubles.copyOf(shift));
  }
}
