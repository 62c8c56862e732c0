package io.chartflow.model.config;

/** Where the chart prior {@code p_k} comes from. */
public enum ChartPrior {
  /** Normalised coverage {@code r_k/Σr_j}, equation (10) of Sidheekh et al., UAI 2022. */
  COVERAGE,
  /** Mean posterior {@code p(k|x)} of the events: the mixture weights of maximum likelihood. */
  RESPONSIBILITY
}
