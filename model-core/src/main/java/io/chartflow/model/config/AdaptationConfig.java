package io.chartflow.model.config;

import java.io.Serializable;

/**
 * What a learner does when the world changes, and about events that should not teach it.
 *
 * @param driftThreshold how far below its level, in standard deviations of a batch's mean, the
 *     prequential log-likelihood must stay until the two time scales open up again; 0 never opens
 * @param halfLife events after which what was learned counts half; 0 forgets at the usual rates
 * @param replayEvents events that a reservoir holds to be learned from again; 0 for none
 * @param replayShare events that are learned from again, as a share of a batch
 * @param guard an event whose p-value is below this level does not teach; 0 lets all teach
 */
public record AdaptationConfig(
    double driftThreshold, long halfLife, int replayEvents, double replayShare, double guard)
    implements Serializable {

  /** Watches for drift; no half-life, no replay, no guard. */
  public static final AdaptationConfig DEFAULTS = new AdaptationConfig(8.0, 0, 0, 0.25, 0.0);

  /** Calibrated events below its level that a guard judges by; until then all events teach. */
  public static final int TAIL = 20;

  /**
   * @throws ConfigException naming every broken rule
   */
  public AdaptationConfig {
    Problems problems = new Problems("adaptation");
    problems.between("driftThreshold", driftThreshold, 0.0, 1e6);
    problems.between("halfLife", halfLife, 0, 1L << 50);
    problems.between("replayEvents", replayEvents, 0, 1 << 22);
    problems.between("replayShare", replayShare, 0.0, 1.0);
    problems.between("guard", guard, 0.0, 0.1);
    problems.throwIfAny();
  }

  /** This with another guard. */
  public AdaptationConfig withGuard(double level) {
    return new AdaptationConfig(driftThreshold, halfLife, replayEvents, replayShare, level);
  }
}
