package io.chartflow.model.config;

import java.io.Serializable;

/**
 * The cover of the data by charts {@code U_k = { x : d_k(x) < (1+ε)·d̃_m(x) }}, for {@code ε = 0}
 * {@code d_k ≤ d̃_m}; {@code m = 1, ε = 0} is the hard partition. Sidheekh et al., UAI 2022, §4.
 *
 * @param count number of charts {@code K}; 1 is one global flow
 * @param m which smallest distance bounds a chart, at most {@code count}
 * @param epsilon how far past that bound a chart reaches, at least 0
 * @param prior where {@code p_k} comes from
 */
public record ChartsConfig(int count, int m, double epsilon, ChartPrior prior)
    implements Serializable {

  /** {@code K = 64, m = 2, ε = 0.1}. */
  public static final ChartsConfig DEFAULTS = new ChartsConfig(64, 2, 0.1);

  /**
   * @throws ConfigException naming every broken rule
   */
  public ChartsConfig {
    Problems problems = new Problems("model.charts");
    problems.between("count", count, 1, 65_536);
    problems.require(
        m >= 1 && m <= Math.max(1, count), "m", "between 1 and charts.count=" + count, m);
    problems.between("epsilon", epsilon, 0.0, 10.0);
    problems.throwIfAny();
  }

  /** Charts with the coverage prior. */
  public ChartsConfig(int count, int m, double epsilon) {
    this(count, m, epsilon, ChartPrior.COVERAGE);
  }

  /** One chart that holds everything: a plain flow. */
  public static ChartsConfig single() {
    return new ChartsConfig(1, 1, 0.0);
  }
}
