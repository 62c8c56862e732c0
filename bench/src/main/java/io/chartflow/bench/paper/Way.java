package io.chartflow.bench.paper;

import io.chartflow.bench.experiment.RunOutcome;
import io.chartflow.local.data.DataSet;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.engine.AtlasEngine;
import java.util.List;

/** How a model is learned and tested. */
public interface Way {

  /** The name on the command line. */
  String name();

  /**
   * How much is learned from: the part of a record's name that tells a short run from a long one.
   */
  String size();

  /** Numbers of charts, when nobody says otherwise: those of atlases, and the base. */
  List<Integer> charts();

  /** The settings, before charts, flow and seed. */
  AtlasConfig config(int dimension);

  /** Learns and tests. */
  RunOutcome run(AtlasEngine engine, AtlasConfig config, DataSet set, long seed);
}
