package io.chartflow.model.engine;

import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.config.AtlasConfig;

/**
 * The contract of an engine: a way to compute the one model. Engines agree on every number to their
 * stated accuracy; the JVM engine is {@link JvmEngine}.
 */
public interface AtlasEngine {

  /** The engine's name in configuration files, logs and metrics. */
  String name();

  /** The engine and what it computes with, for a log: one line. */
  default String description() {
    return name();
  }

  /** A learner that has seen nothing. */
  AtlasTrainer trainer(AtlasConfig config);

  /** A learner that goes on where {@code state} was taken, to the same bits. */
  AtlasTrainer trainer(TrainerState state);

  /** A scorer of one atlas version. */
  AtlasScorer scorer(Atlas atlas, DensitySum sum);
}
