package io.chartflow.model.engine;

import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.linalg.Kernels;

/**
 * The engine in plain Java: gradients by hand, no native library. The same state and the same
 * batches give the same bits for every number of workers.
 */
public final class JvmEngine implements AtlasEngine {

  /** More workers than this bring nothing: a step has as many parts. */
  public static final int MOST_WORKERS = Workers.LANES;

  /** The name of the threads beside the calling one. */
  public static final String THREAD = "chartflow-engine";

  private final Kernels kernels;
  private final int workers;

  /** One worker: the calling thread. */
  public JvmEngine() {
    this(1);
  }

  /**
   * An engine whose trainers and scorers use this many threads, the calling one included.
   *
   * @throws IllegalArgumentException if {@code workers} is below 1
   */
  public JvmEngine(int workers) {
    this(Kernels.best(), workers);
  }

  /** An engine that computes with these kernels, which are those of the machine or their twin. */
  JvmEngine(Kernels kernels, int workers) {
    if (workers < 1) {
      throw new IllegalArgumentException("workers must be at least 1, got " + workers);
    }
    this.kernels = kernels;
    this.workers = workers;
  }

  @Override
  public String name() {
    return "jvm";
  }

  @Override
  public String description() {
    return "jvm (" + kernels.name() + ")";
  }

  @Override
  public AtlasTrainer trainer(AtlasConfig config) {
    return new JvmTrainer(config, kernels, workers);
  }

  @Override
  public AtlasTrainer trainer(TrainerState state) {
    return new JvmTrainer(state, kernels, workers);
  }

  @Override
  public AtlasScorer scorer(Atlas atlas, DensitySum sum) {
    return new JvmScorer(atlas, sum, kernels, workers);
  }
}
