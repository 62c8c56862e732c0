package io.chartflow.model.config;

import java.io.Serializable;

/**
 * The calibration of surprisals to p-values.
 *
 * @param window events whose prequential surprisals a p-value is measured against
 */
public record CalibrationConfig(int window) implements Serializable {

  /** A window of 131,072 events. */
  public static final CalibrationConfig DEFAULTS = new CalibrationConfig(1 << 17);

  /**
   * @throws ConfigException naming every broken rule
   */
  public CalibrationConfig {
    Problems problems = new Problems("calibration");
    problems.between("window", window, 1024, 1 << 22);
    problems.throwIfAny();
  }
}
