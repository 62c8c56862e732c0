package io.chartflow.model.config;

import java.io.Serializable;

/**
 * The chart-conditioned flow: one affine layer per chart, then RealNVP couplings.
 *
 * @param couplings number of affine couplings {@code L}
 * @param width units of each of the two hidden layers of a coupling's network
 * @param maxLogScale bound {@code S} of a coupling's log-scale {@code S·tanh(s/S)}
 */
public record FlowConfig(int couplings, int width, double maxLogScale) implements Serializable {

  /** Five couplings of width 64, log-scales within ±3. */
  public static final FlowConfig DEFAULTS = new FlowConfig(5, 64, 3.0);

  /**
   * @throws ConfigException naming every broken rule
   */
  public FlowConfig {
    Problems problems = new Problems("model.flow");
    problems.between("couplings", couplings, 0, 256);
    problems.between("width", width, 1, 8192);
    problems.require(
        maxLogScale > 0 && maxLogScale <= 20, "maxLogScale", "above 0 and at most 20", maxLogScale);
    problems.throwIfAny();
  }
}
