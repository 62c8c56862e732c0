package io.chartflow.model.config;

import java.io.Serializable;

/**
 * Rates and time scales of online learning: charts slow down, flows go on (two time scales).
 *
 * @param batch events per step
 * @param standardiserEvents events that fit the standardiser before it is frozen
 * @param learningRate of the flows at step 0, for Adam
 * @param rateHalving {@code τ} of the flows' rate {@code 1/√(1 + t/τ)}, in steps; 0 keeps the rate
 *     constant
 * @param weightAverage decay of the exponential average of the flows' weights that is published; 0
 *     publishes the last weights
 * @param gradientClip largest Euclidean norm of a gradient
 * @param chartLearningRate of the auto-encoder at step 0, for Adam
 * @param chartSettleSteps steps at the full rate, and {@code τ} of the fall {@code 1/(1 +
 *     ((t−τ)/τ)²)} after them
 * @param chartRateFloor the auto-encoder's rate never falls below this share
 * @param flowDelay steps of the auto-encoder before the flows begin to learn
 * @param objective what the flows learn to raise
 */
public record TrainingConfig(
    int batch,
    int standardiserEvents,
    double learningRate,
    double rateHalving,
    double weightAverage,
    double gradientClip,
    double chartLearningRate,
    int chartSettleSteps,
    double chartRateFloor,
    int flowDelay,
    Objective objective)
    implements Serializable {

  /** What {@code design} §5 measured to learn well on an endless stream. */
  public static final TrainingConfig DEFAULTS =
      new TrainingConfig(512, 8192, 5e-3, 300, 0.998, 5.0, 1e-3, 300, 0.02, 200);

  /**
   * @throws ConfigException naming every broken rule
   */
  public TrainingConfig {
    Problems problems = new Problems("training");
    problems.between("batch", batch, 2, 1 << 20);
    problems.between("standardiserEvents", standardiserEvents, 2, 1 << 24);
    problems.positive("learningRate", learningRate);
    problems.between("rateHalving", rateHalving, 0.0, 1e12);
    problems.require(
        weightAverage >= 0 && weightAverage < 1,
        "weightAverage",
        "at least 0 and below 1",
        weightAverage);
    problems.positive("gradientClip", gradientClip);
    problems.positive("chartLearningRate", chartLearningRate);
    problems.between("chartSettleSteps", chartSettleSteps, 0, 1 << 30);
    problems.between("chartRateFloor", chartRateFloor, 0.0, 1.0);
    problems.between("flowDelay", flowDelay, 0, 1 << 30);
    problems.throwIfAny();
  }

  /** Training for the marginal likelihood. */
  public TrainingConfig(
      int batch,
      int standardiserEvents,
      double learningRate,
      double rateHalving,
      double weightAverage,
      double gradientClip,
      double chartLearningRate,
      int chartSettleSteps,
      double chartRateFloor,
      int flowDelay) {
    this(
        batch,
        standardiserEvents,
        learningRate,
        rateHalving,
        weightAverage,
        gradientClip,
        chartLearningRate,
        chartSettleSteps,
        chartRateFloor,
        flowDelay,
        Objective.MARGINAL);
  }
}
