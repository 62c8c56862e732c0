package io.chartflow.ops.monitor;

import io.chartflow.connect.density.DensityRecord;
import io.chartflow.connect.density.DensityRecord.ChartProbability;
import io.chartflow.connect.density.DensityStatus;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known so far about one window, from one partition or from several: sums and a sketch, all
 * of them mergeable. Live and mutable; {@link PartialCodec} turns it into bytes and back, some 20
 * kB for each partition.
 */
final class WindowPartial {

  /** Versions kept per window, the newest; a window sees few unless something is broken. */
  private static final int MOST_VERSIONS = 64;

  final Map<DensityStatus, Long> statuses = new EnumMap<>(DensityStatus.class);

  /** Finite log-densities. */
  LogDensities logDensities = new LogDensities();

  final PValueCounts pValues = new PValueCounts();
  final AlarmCounts alarms = new AlarmCounts();

  /** Posterior mass by chart, summed over {@link #posteriors} records. */
  final TreeMap<Integer, Double> chartMass = new TreeMap<>();

  long posteriors;
  final TreeMap<Long, VersionUse> versions = new TreeMap<>();

  /** Records that said whether they were in sample, and those that were. */
  long inSampleKnown;

  long inSample;

  /** Latest event time, in milliseconds; -1 while empty. */
  long lastEventTime = -1;

  /** Records taken so far. */
  long events() {
    long sum = 0;
    for (long count : statuses.values()) {
      sum += count;
    }
    return sum;
  }

  void add(DensityRecord density, long time) {
    statuses.merge(density.status(), 1L, Long::sum);
    lastEventTime = Math.max(lastEventTime, time);
    Double logDensity = density.logDensity();
    boolean whole = density.marginalised() == null; // else a density over fewer features
    if (logDensity != null && whole && Double.isFinite(logDensity)) {
      logDensities.add(logDensity);
    }
    Double pValue = density.pValue();
    if (pValue != null && !pValue.isNaN()) {
      pValues.add(pValue);
    }
    alarms.add(density);
    List<ChartProbability> posterior = density.posterior();
    if (posterior != null) {
      posteriors++;
      for (ChartProbability entry : posterior) {
        chartMass.merge(entry.chart(), (double) entry.probability(), Double::sum);
      }
    }
    if (density.inSample() != null) {
      inSampleKnown++;
      inSample += density.inSample() ? 1 : 0;
    }
    if (density.atlasVersion() != null) {
      addVersion(density.atlasVersion(), VersionUse.of(density));
    }
  }

  /** Adds another partition's partial of the same window. */
  void merge(WindowPartial other) {
    other.statuses.forEach((status, count) -> statuses.merge(status, count, Long::sum));
    logDensities.merge(other.logDensities);
    pValues.merge(other.pValues);
    alarms.merge(other.alarms);
    other.chartMass.forEach((chart, mass) -> chartMass.merge(chart, mass, Double::sum));
    posteriors += other.posteriors;
    inSampleKnown += other.inSampleKnown;
    inSample += other.inSample;
    lastEventTime = Math.max(lastEventTime, other.lastEventTime);
    other.versions.forEach(this::addVersion);
  }

  void addVersion(long version, VersionUse use) {
    versions.merge(version, use, VersionUse::plus);
    if (versions.size() > MOST_VERSIONS) {
      versions.pollFirstEntry();
    }
  }
}
