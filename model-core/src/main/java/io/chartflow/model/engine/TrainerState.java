package io.chartflow.model.engine;

import io.chartflow.model.calibration.CalibratorState;
import io.chartflow.model.calibration.GuardState;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.linalg.Bytes;
import io.chartflow.model.linalg.Floats;
import io.chartflow.model.marginal.FeatureMap;
import io.chartflow.model.marginal.FirstEventsState;
import io.chartflow.model.nn.Adam.AdamState;
import io.chartflow.model.online.DriftWatch.DriftState;
import io.chartflow.model.online.MovingMean.MeanState;
import io.chartflow.model.vq.ChartStatistics.ChartState;
import io.chartflow.model.vq.Codebook.CodebookState;
import java.util.Optional;

/**
 * Everything a learner is made of. {@link AtlasEngine#trainer(TrainerState)} goes on from it to the
 * same bits.
 *
 * @param config what is learned
 * @param progress counters
 * @param features how events enter
 * @param quantizer auto-encoder, codes and charts
 * @param flow the flow's weights
 * @param calibration surprisals of the last events
 * @param replay events to learn from again
 */
public record TrainerState(
    AtlasConfig config,
    Progress progress,
    FeatureState features,
    QuantizerState quantizer,
    FlowState flow,
    CalibrationState calibration,
    ReplayState replay) {

  /**
   * How events enter.
   *
   * @param first a sample of the first events; none once the map is fitted
   * @param map that they gave
   */
  public record FeatureState(FirstEventsState first, Optional<FeatureMap> map) {}

  /**
   * Counters.
   *
   * @param events seen, those that fitted the standardiser included
   * @param steps of the auto-encoder
   * @param flowSteps of the flows
   * @param refused batches that were not applied
   * @param random state of the random numbers
   * @param prequential moving mean of the prequential log-likelihood
   * @param clock what the time scales go by
   */
  public record Progress(
      long events,
      long steps,
      long flowSteps,
      long refused,
      long random,
      MeanState prequential,
      Clock clock) {}

  /**
   * What the two time scales go by: set back when the world changes.
   *
   * @param charts steps of the auto-encoder since it opened up
   * @param flows steps of the flows since they opened up
   * @param openings how often that was, the beginning not counted
   * @param drift what watches for the next
   */
  public record Clock(long charts, long flows, long openings, DriftState drift) {

    /** At the beginning. */
    public static final Clock START = new Clock(0, 0, 0, DriftState.FRESH);
  }

  /**
   * Events to learn from again, standardised.
   *
   * @param count events that taught
   * @param rows a sample of them, (n × D)
   */
  public record ReplayState(long count, Floats rows) {

    /** None. */
    public static final ReplayState EMPTY = new ReplayState(0, Floats.copyOf(new float[0]));
  }

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
   * @param z share {@code Z_k} of each chart, as prequential densities take it, (K)
   */
  public record FlowState(Floats weights, Floats averaged, AdamState adam, Floats z) {}

  /**
   * Surprisals before learning.
   *
   * @param calibrator of the last events
   * @param guard that keeps events from teaching, if there is one
   * @param judgedBy sketch of the p-values that the guard judges by
   * @param batches seen since the calibration began
   */
  public record CalibrationState(
      CalibratorState calibrator, Optional<GuardState> guard, Bytes judgedBy, int batches) {

    /** Share of guarded events that is taken for a world that changed. */
    private static final double MAJORITY = 0.5;

    /** Nothing seen yet. */
    public static CalibrationState fresh(AtlasConfig config) {
      double level = config.adaptation().guard();
      return new CalibrationState(
          CalibratorState.empty(config.calibration().window()),
          level > 0 ? Optional.of(GuardState.fresh(level, MAJORITY)) : Optional.empty(),
          Bytes.EMPTY,
          0);
    }
  }
}
