package io.chartflow.local.fit;

import io.chartflow.local.data.DataSet;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.Problems;

/**
 * What is learned and for how long.
 *
 * @param dataSet where events come from
 * @param config of the model; its dimension is the data set's
 * @param events to learn from, each once
 * @param testEvents to test on; fewer if the data set holds out fewer
 * @param seed of the events
 */
public record FitRequest(
    DataSet dataSet, AtlasConfig config, long events, int testEvents, long seed) {

  /** How many fresh events a fit is tested on when nobody says otherwise. */
  public static final int DEFAULT_TEST_EVENTS = 10_000;

  /**
   * @throws io.chartflow.model.config.ConfigException naming every broken rule
   */
  public FitRequest {
    Problems problems = new Problems("");
    problems.require(
        config.dimension() == dataSet.dimension(),
        "model.dimension",
        "the " + dataSet.dimension() + " features of " + dataSet.name(),
        config.dimension());
    long first = firstScored(config);
    problems.require(
        events > first,
        "events",
        "above "
            + first
            + ", the events after which the flows have taken a step"
            + " (training.standardiserEvents, training.flowDelay batches, one batch)",
        events);
    problems.between("testEvents", testEvents, 2, 10_000_000);
    problems.throwIfAny();
  }

  /** The standardiser is fitted by whole batches. */
  private static long firstScored(AtlasConfig config) {
    long batch = config.training().batch();
    long fitting = (config.training().standardiserEvents() + batch - 1) / batch;
    return (fitting + config.training().flowDelay() + 1) * batch;
  }
}
