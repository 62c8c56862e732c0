package io.chartflow.jobs.score;

import io.chartflow.connect.density.DensityStatus;
import io.chartflow.connect.meter.MeterNames;
import io.chartflow.jobs.FlinkMeters;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;

/** What a scorer tells Flink's metrics. */
final class ScoreMeters {

  private final Map<DensityStatus, Counter> events;
  private final Counter pValues;
  private final Counter anomalies;
  private final Counter guarded;
  private final Counter imputed;
  private final Counter marginalised;
  private final Counter batches;
  private final Counter ignoredAtlases;
  private final Histogram batchSize;
  private final Histogram delay;
  private volatile long version;
  private volatile long eventsOfVersion;

  /** Registers every meter. */
  ScoreMeters(MetricGroup group) {
    FlinkMeters meters = new FlinkMeters(group);
    events = meters.counters(MeterNames.SCORER_EVENTS, DensityStatus.class);
    pValues = meters.counter(MeterNames.SCORER_P_VALUES);
    anomalies = meters.counter(MeterNames.SCORER_ANOMALIES);
    guarded = meters.counter(MeterNames.SCORER_GUARDED);
    imputed = meters.counter(MeterNames.SCORER_IMPUTED);
    marginalised = meters.counter(MeterNames.SCORER_MARGINALISED);
    batches = meters.counter(MeterNames.SCORER_BATCHES);
    ignoredAtlases = meters.counter(MeterNames.SCORER_IGNORED_ATLASES);
    batchSize = meters.summary(MeterNames.SCORER_BATCH_SIZE);
    delay = meters.summary(MeterNames.SCORER_DELAY);
    meters.gauge(MeterNames.SCORER_ATLAS_VERSION, () -> version);
    meters.gauge(MeterNames.SCORER_ATLAS_AGE, () -> eventsOfVersion);
  }

  /** A record was written. */
  void emitted(DensityStatus status) {
    Objects.requireNonNull(events.get(status)).inc();
  }

  /** It has a p-value. */
  void rated(boolean isAnomaly, boolean isGuarded) {
    pValues.inc();
    anomalies.inc(isAnomaly ? 1 : 0);
    guarded.inc(isGuarded ? 1 : 0);
  }

  /** It may tell of missing fields. */
  void lacking(boolean someImputed, boolean someMarginalised) {
    imputed.inc(someImputed ? 1 : 0);
    marginalised.inc(someMarginalised ? 1 : 0);
  }

  void scored(int size, long millisWaited) {
    batches.inc();
    batchSize.update(size);
    delay.update(millisWaited);
    eventsOfVersion = eventsOfVersion + size;
  }

  void scoringWith(long newVersion) {
    version = newVersion;
    eventsOfVersion = 0;
  }

  void atlasIgnored() {
    ignoredAtlases.inc();
  }
}
