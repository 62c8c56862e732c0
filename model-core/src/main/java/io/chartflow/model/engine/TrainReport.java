package io.chartflow.model.engine;

/**
 * What one step did.
 *
 * @param step number of steps taken, this one included
 * @param events number of events seen, this batch included
 * @param applied whether the step changed the model; false for a batch that was {@link #refused} or
 *     left nothing to learn
 * @param fittingStandardiser whether the batch only fitted the standardiser
 * @param logLikelihood mean prequential log-density of the batch in nats and input units: scored
 *     before it was learned from; NaN while the flows have not begun
 * @param scored events that {@code logLikelihood} is the mean of
 * @param reconstruction mean squared error of the auto-encoder on the batch, standardised units
 * @param gradientNorm of the flows, before clipping
 * @param usedCharts codes that are alive: their moving count is above the revival threshold
 * @param revivedCodes codes brought back in this step
 * @param guarded events that the guard kept from teaching
 * @param opened whether the world was found to have changed, and the time scales opened up again
 * @param gaps events that lack a feature, so that they teach nothing
 * @param far events that were not guarded but lie too far from the others to be learned from, 1,000
 *     σ of any feature, or have no density at all
 * @param taught events that the step learned from, or was to learn from; a step takes two. With
 *     {@code guarded}, {@code gaps} and {@code far} they are the batch, unless it only fitted the
 *     standardiser
 */
public record TrainReport(
    long step,
    long events,
    boolean applied,
    boolean fittingStandardiser,
    double logLikelihood,
    int scored,
    double reconstruction,
    double gradientNorm,
    int usedCharts,
    int revivedCodes,
    int guarded,
    boolean opened,
    int gaps,
    int far,
    int taught) {

  /**
   * Whether the batch was refused: loss or gradient were not finite, or too few of its events lie
   * near the others. A batch of events that are guarded or incomplete leaves nothing to learn and
   * is not refused.
   */
  public boolean refused() {
    return !applied && taught + far >= 2;
  }
}
