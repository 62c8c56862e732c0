package io.chartflow.ops.monitor;

import io.chartflow.connect.density.DensityRecord;
import org.jspecify.annotations.Nullable;

/** How many records were told as anomalies, as guarded, and as incomplete. */
final class AlarmCounts {

  /** Records that told whether they are an anomaly. */
  long judged;

  long anomalies;

  /** Records that told whether they are guarded. */
  long guardJudged;

  long guarded;
  long incomplete;

  void add(DensityRecord density) {
    if (density.anomaly() != null) {
      judged++;
      anomalies += density.anomaly() ? 1 : 0;
    }
    if (density.guarded() != null) {
      guardJudged++;
      guarded += density.guarded() ? 1 : 0;
    }
    incomplete += density.imputed() != null || density.marginalised() != null ? 1 : 0;
  }

  void merge(AlarmCounts other) {
    judged += other.judged;
    anomalies += other.anomalies;
    guardJudged += other.guardJudged;
    guarded += other.guarded;
    incomplete += other.incomplete;
  }

  /** Anomalies; null if no record told. */
  @Nullable Long anomalies() {
    return judged == 0 ? null : anomalies;
  }

  /** Guarded records; null if no record told. */
  @Nullable Long guarded() {
    return guardJudged == 0 ? null : guarded;
  }
}
