package io.chartflow.model.engine;

import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.config.AtlasConfig;

/** The engine in plain Java. */
public final class JvmEngine implements AtlasEngine {

  private final int workers;

  /** One worker. */
  public JvmEngine() {
    this(1);
  }

  /** An engine whose trainers and scorers use this many threads. */
  public JvmEngine(int workers) {
    this.workers = workers;
  }

  @Override
  public String name() {
    return "jvm";
  }

  @Override
  public AtlasTrainer trainer(AtlasConfig config) {
    throw new IllegalStateException("being built for " + workers);
  }

  @Override
  public AtlasTrainer trainer(TrainerState state) {
    throw new IllegalStateException("being built for " + workers);
  }

  @Override
  public AtlasScorer scorer(Atlas atlas, DensitySum sum) {
    throw new IllegalStateException("being built for " + workers);
  }
}
