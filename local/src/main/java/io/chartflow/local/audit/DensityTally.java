package io.chartflow.local.audit;

import io.chartflow.connect.density.DensityRecord;
import io.chartflow.connect.density.DensityStatus;
import java.util.EnumMap;
import java.util.Map;

/** Sums over density records. Not safe for use by several threads. */
public final class DensityTally {

  private final Map<DensityStatus, Long> byStatus = new EnumMap<>(DensityStatus.class);
  private long records;
  private long nonFinite;
  private long inSample;
  private long pValues;
  private long anomalies;
  private double sum;
  private long scored;
  private double sumOutOfSample;
  private long outOfSample;
  private long newestVersion;

  /** Adds one record. */
  public void add(DensityRecord record) {
    records++;
    byStatus.merge(record.status(), 1L, Long::sum);
    if (record.status() == DensityStatus.NO_ATLAS) {
      return;
    }
    Double logDensity = record.logDensity();
    if (logDensity == null || !Double.isFinite(logDensity)) {
      nonFinite++;
      return;
    }
    scored++;
    sum += logDensity;
    if (Boolean.TRUE.equals(record.inSample())) {
      inSample++;
    } else {
      outOfSample++;
      sumOutOfSample += logDensity;
    }
    pValues += record.pValue() == null ? 0 : 1;
    anomalies += Boolean.TRUE.equals(record.anomaly()) ? 1 : 0;
    Long version = record.atlasVersion();
    if (version != null) {
      newestVersion = Math.max(newestVersion, version);
    }
  }

  /** What was added so far. */
  public Totals totals() {
    return new Totals(
        records,
        byStatus,
        nonFinite,
        inSample,
        pValues,
        anomalies,
        scored == 0 ? Double.NaN : sum / scored,
        outOfSample == 0 ? Double.NaN : sumOutOfSample / outOfSample,
        newestVersion);
  }

  /**
   * The sums of a moment.
   *
   * @param records density records, whatever their status
   * @param byStatus how many of each status
   * @param nonFinite scored records whose log-density is not a finite number
   * @param inSample scored by a version that had seen the event
   * @param pValues records with a p-value
   * @param anomalies records told as anomalies
   * @param meanLogDensity over all scored records, in nats; NaN if there is none
   * @param meanOutOfSample the same over those that are not in sample
   * @param newestVersion newest atlas version that scored
   */
  public record Totals(
      long records,
      Map<DensityStatus, Long> byStatus,
      long nonFinite,
      long inSample,
      long pValues,
      long anomalies,
      double meanLogDensity,
      double meanOutOfSample,
      long newestVersion) {

    /** Copies the counts. */
    public Totals {
      byStatus = Map.copyOf(byStatus);
    }

    /** Records of this status. */
    public long of(DensityStatus status) {
      return byStatus.getOrDefault(status, 0L);
    }
  }
}
