package io.chartflow.connect.config;

/** What becomes of an event in which a field is missing or null. */
public enum MissingPolicy {
  /** It goes to the dead letters. */
  REJECT,
  /** The chart's mean stands in for the field, and the record says so. The event does not teach. */
  IMPUTE,
  /**
   * The density is that of the fields that are there. Needs an autoregressive flow, and no field
   * without this policy may come after the field. The event does not teach.
   */
  MARGINALISE
}
