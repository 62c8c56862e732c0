package io.chartflow.bench.experiment;

import io.chartflow.model.engine.AtlasEngine;

/**
 * A run that can be made.
 *
 * @param spec what it is
 * @param work what to do
 */
public record Run(RunSpec spec, Work work) {

  /** The work of a run, on one thread. */
  @FunctionalInterface
  public interface Work {
    /** Does it with an engine of one worker. */
    RunOutcome run(AtlasEngine engine);
  }
}
