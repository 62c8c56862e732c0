package io.chartflow.connect.density;

/** What became of an event that decoded. */
public enum DensityStatus {
  /** Scored. */
  OK,
  /** Scored by a version that had seen fewer events than {@code scoring.warmupEvents}. */
  WARMUP,
  /** There was no atlas to score with; the record carries no density. */
  NO_ATLAS
}
