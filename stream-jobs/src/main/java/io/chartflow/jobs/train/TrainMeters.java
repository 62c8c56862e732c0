package io.chartflow.jobs.train;

import io.chartflow.connect.meter.MeterNames;
import io.chartflow.jobs.FlinkMeters;
import io.chartflow.model.engine.TrainReport;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What the trainer tells Flink's metrics. */
final class TrainMeters {

  private final Counter events;
  private final Counter steps;
  private final Counter refusedSteps;
  private final Counter guarded;
  private final Counter incomplete;
  private final Counter far;
  private final Counter openings;
  private final Counter revivedCodes;
  private final Counter publishedBytes;
  private volatile double logLikelihood = Double.NaN;
  private volatile double reconstruction = Double.NaN;
  private volatile int usedCharts;
  private volatile long version;
  private long eventsBefore;

  /** Registers every meter of a trainer that goes on after this many events and this version. */
  TrainMeters(MetricGroup group, long eventsBefore, long version) {
    this.eventsBefore = eventsBefore;
    this.version = version;
    FlinkMeters meters = new FlinkMeters(group);
    events = meters.counter(MeterNames.TRAINER_EVENTS);
    steps = meters.counter(MeterNames.TRAINER_STEPS);
    refusedSteps = meters.counter(MeterNames.TRAINER_REFUSED_STEPS);
    guarded = meters.counter(MeterNames.TRAINER_GUARDED);
    incomplete = meters.counter(MeterNames.TRAINER_INCOMPLETE);
    far = meters.counter(MeterNames.TRAINER_FAR);
    openings = meters.counter(MeterNames.TRAINER_OPENINGS);
    revivedCodes = meters.counter(MeterNames.TRAINER_REVIVED_CODES);
    publishedBytes = meters.counter(MeterNames.TRAINER_PUBLISH_BYTES);
    meters.gauge(MeterNames.TRAINER_LOG_LIKELIHOOD, () -> logLikelihood);
    meters.gauge(MeterNames.TRAINER_RECONSTRUCTION, () -> reconstruction);
    meters.gauge(MeterNames.TRAINER_USED_CHARTS, () -> usedCharts);
    meters.gauge(MeterNames.TRAINER_ATLAS_VERSION, () -> this.version);
  }

  void stepped(TrainReport report) {
    events.inc(report.events() - eventsBefore);
    eventsBefore = report.events();
    steps.inc(report.applied() ? 1 : 0);
    refusedSteps.inc(report.refused() ? 1 : 0);
    guarded.inc(report.guarded());
    incomplete.inc(report.gaps());
    far.inc(report.far());
    openings.inc(report.opened() ? 1 : 0);
    revivedCodes.inc(report.revivedCodes());
    logLikelihood = report.logLikelihood();
    reconstruction = report.reconstruction();
    usedCharts = report.usedCharts();
  }

  void published(long newVersion, long bytes) {
    version = newVersion;
    publishedBytes.inc(bytes);
  }
}
