package io.chartflow.model.online;

import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.TrainingConfig;

/**
 * The two time scales: charts settle, flows go on. Pure functions of the step. With both at a
 * constant rate the density first rises and then falls again, because the charts keep moving under
 * the flows.
 */
public final class LearningRates {

  private LearningRates() {}

  /** {@code η/√(1 + t/τ)} at flow step {@code t}; constant for {@code τ = 0}. */
  public static double flow(TrainingConfig config, long step) {
    return config.rateHalving() == 0
        ? config.learningRate()
        : config.learningRate() / Math.sqrt(1 + step / config.rateHalving());
  }

  /** {@code η·max(floor, 1/(1 + ((t−τ)₊/τ)²))} at step {@code t}; constant for {@code τ = 0}. */
  public static double charts(TrainingConfig config, long step) {
    if (config.chartSettleSteps() == 0) {
      return config.chartLearningRate();
    }
    double late = Math.max(0, step - (long) config.chartSettleSteps());
    double ratio = late / config.chartSettleSteps();
    return config.chartLearningRate() * Math.max(config.chartRateFloor(), 1 / (1 + ratio * ratio));
  }

  /** Decay of the weights' average at flow step {@code t}: short while the weights are young. */
  public static double average(TrainingConfig config, long step) {
    return Math.min(config.weightAverage(), (1.0 + step) / (10.0 + step));
  }

  /** The flows' time scale closes no further than it was after one half-life. */
  public static long flowClock(AtlasConfig config, long clock) {
    long halfLife = config.adaptation().halfLife();
    return halfLife == 0 ? clock : Math.min(clock, halfLife / config.training().batch());
  }

  /**
   * The charts' time scale closes no further than it was after one half-life, but goes past the
   * start of the codes, which would never end otherwise.
   */
  public static long chartClock(AtlasConfig config, long clock) {
    long started = Math.max(1, config.training().flowDelay());
    return Math.min(clock, Math.max(started, flowClock(config, clock)));
  }

  /** Decay of codes and coverage per batch: by the half-life, where there is one. */
  public static double decay(AtlasConfig config) {
    long halfLife = config.adaptation().halfLife();
    return halfLife == 0
        ? config.quantizer().decay()
        : Math.pow(0.5, (double) config.training().batch() / halfLife);
  }

  /**
   * Steps in which {@code Z_k} of every chart is measured again, some charts at each step, at flow
   * step {@code t} since the time scales opened, for prequential densities: the more often the
   * faster the flows change, in 16 steps at first and in 256 from step 2,048 on. A {@code Z_k} of
   * before makes densities that integrate to more than one.
   */
  static long massPeriod(long step) {
    return Math.max(16, Math.min(256, Long.highestOneBit(step / 8)));
  }

  /**
   * The first chart whose {@code Z_k} is measured at this step, the first of which measures all.
   */
  public static int firstMeasured(long step, int charts) {
    long period = massPeriod(step);
    return (int) (charts * (step % period) / period);
  }

  /** One past the last such chart. */
  public static int endMeasured(long step, int charts) {
    long period = massPeriod(step);
    return step == 0 ? charts : (int) (charts * (step % period + 1) / period);
  }

  /** Whether the codes start afresh at this step: four times while the encoder is young. */
  public static boolean restartsCodes(TrainingConfig config, long step) {
    int delay = config.flowDelay();
    return step == 0
        || (delay >= 4 && (step == delay / 4 || step == delay / 2 || step == 3 * delay / 4));
  }

  /**
   * The charts' clock when the world has changed: at the last start of the codes, so that they are
   * placed anew on the events of now. The encoder knows its features still and is not young again.
   */
  public static long opened(TrainingConfig config) {
    int delay = config.flowDelay();
    return delay >= 4 ? 3 * delay / 4 : Math.max(1, delay);
  }
}
