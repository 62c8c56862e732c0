package io.chartflow.model.engine;

import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.linalg.Floats;
import io.chartflow.model.nn.Adam.AdamState;
import io.chartflow.model.online.MovingMean;
import io.chartflow.model.online.RunningStandardiser.StandardiserState;
import io.chartflow.model.vq.ChartStatistics.ChartState;
import io.chartflow.model.vq.Codebook.CodebookState;

/**
 * Everything a learner is made of. {@link AtlasEngine#trainer(TrainerState)} goes on from it to the
 * same bits.
 *
 * @param config what is learned
 * @param progress counters
 * @param standardiser statistics of the first events
 * @param quantizer auto-encoder, codes and charts
 * @param flow the flow's weights
 */
public record TrainerState(
    AtlasConfig config,
    Progress progress,
    StandardiserState standardiser,
    QuantizerState quantizer,
    FlowState flow) {

  /**
   * Counters.
   *
   * @param events seen, those that fitted the standardiser included
   * @param steps of the auto-encoder
   * @param flowSteps of the flows
   * @param refused batches that were not applied
   * @param random state of the random numbers
   * @param prequential moving mean of the prequential log-likelihood
   */
  public record Progress(
      long events, long steps, long flowSteps, long refused, long random, MovingMean prequential) {}

  /**
   * The auto-encoder and its charts.
   *
   * @param weights of encoder and decoder
   * @param adam moments of them
   * @param codebook codes and their moving averages
   * @param charts statistics of the charts
   */
  public record QuantizerState(
      Floats weights, AdamState adam, CodebookState codebook, ChartState charts) {}

  /**
   * The flow.
   *
   * @param weights that learn
   * @param averaged weights that are published
   * @param adam moments of the weights
   */
  public record FlowState(Floats weights, Floats averaged, AdamState adam) {}
}
