package io.chartflow.bench.paper;

import io.chartflow.bench.experiment.RunOutcome;
import io.chartflow.bench.learn.Draws;
import io.chartflow.bench.learn.Learned;
import io.chartflow.bench.learn.OnePass;
import io.chartflow.local.data.DataSet;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.ChartsConfig;
import io.chartflow.model.engine.AtlasEngine;
import java.util.List;

/**
 * Ours: fresh events in one pass at the default settings, tested on 10,000 more.
 *
 * @param events to learn from
 */
record StreamWay(long events) implements Way {

  private static final int TEST_EVENTS = 10_000;
  private static final int KDE_POINTS = 5000;

  @Override
  public String name() {
    return "stream";
  }

  @Override
  public String size() {
    return Long.toString(events);
  }

  @Override
  public List<Integer> charts() {
    return List.of(ChartsConfig.DEFAULTS.count(), 1);
  }

  @Override
  public AtlasConfig config(int dimension) {
    return AtlasConfig.defaults(dimension);
  }

  @Override
  public RunOutcome run(AtlasEngine engine, AtlasConfig config, DataSet set, long seed) {
    Learned learned = OnePass.learn(engine, config, set, events, seed);
    return Measurements.of(
        engine,
        learned,
        Draws.training(set, KDE_POINTS, seed),
        Draws.heldOut(set, events, 0, TEST_EVENTS, seed),
        seed);
  }
}
