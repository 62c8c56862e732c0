package io.chartflow.model.engine;

import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.config.AtlasConfig;
import java.util.Optional;

/** Learns an atlas, one minibatch after the other. Not safe for use by several threads. */
public interface AtlasTrainer extends AutoCloseable {

  /** What is learned. */
  AtlasConfig config();

  /**
   * Scores the batch with the model as it is, then takes one step on it. A batch whose loss or
   * gradient is not finite is not applied; the {@link #report} says so. An event with a gap, NaN,
   * is counted and no more: it teaches nothing and is not part of what is measured.
   *
   * @throws IllegalArgumentException if the batch has another dimension or is empty
   */
  void train(EventBatch batch);

  /** What the last step did. Made when it is asked for: a step itself makes no objects. */
  TrainReport report();

  /** Whether the flows have begun to learn, so that there is something to publish. */
  boolean isReady();

  /**
   * The model of this moment with averaged weights and freshly estimated {@code Z_k}; empty while
   * {@link #isReady()} is false. Leaves the learner as it was: publishing never changes what is
   * learned.
   */
  Optional<Atlas> publish(PublishRequest request);

  /** Everything that {@link AtlasEngine#trainer(TrainerState)} needs to go on to the same bits. */
  TrainerState snapshot();

  @Override
  void close();
}
