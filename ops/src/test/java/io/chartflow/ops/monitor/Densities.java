package io.chartflow.ops.monitor;

import io.chartflow.connect.density.DensityRecord;
import io.chartflow.connect.density.DensityRecord.ChartProbability;
import io.chartflow.connect.density.DensityStatus;
import io.chartflow.model.engine.DensitySum;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes density records for tests; what a test does not say is plausible. */
public final class Densities {

  private DensityStatus status = DensityStatus.OK;
  private long eventTime = 1_000;
  private double logDensity = -1;
  private @Nullable Double pValue;
  private List<ChartProbability> posterior = List.of(new ChartProbability(3, 1f));
  private long version = 1;
  private long atlasEvents = 50_000;
  private @Nullable Long atlasEventTime = 500L;
  private boolean inSample;
  private @Nullable List<String> imputed;
  private @Nullable List<String> marginalised;
  private @Nullable Boolean anomaly;
  private @Nullable Boolean guarded;

  public static Densities at(long eventTime) {
    Densities densities = new Densities();
    densities.eventTime = eventTime;
    return densities;
  }

  public Densities status(DensityStatus other) {
    status = other;
    return this;
  }

  public Densities logDensity(double other) {
    logDensity = other;
    return this;
  }

  public Densities pValue(double other) {
    pValue = other;
    return this;
  }

  public Densities posterior(ChartProbability... other) {
    posterior = List.of(other);
    return this;
  }

  public Densities version(long number, long events, long eventTimeOfVersion) {
    version = number;
    atlasEvents = events;
    atlasEventTime = eventTimeOfVersion;
    return this;
  }

  public Densities inSample() {
    inSample = true;
    return this;
  }

  public Densities anomaly(boolean other) {
    anomaly = other;
    return this;
  }

  public Densities guarded(boolean other) {
    guarded = other;
    return this;
  }

  public Densities imputed(String... fields) {
    imputed = List.of(fields);
    return this;
  }

  public Densities marginalised(String... fields) {
    marginalised = List.of(fields);
    return this;
  }

  public DensityRecord build() {
    if (status == DensityStatus.NO_ATLAS) {
      return DensityRecord.noAtlas("events", 0, 17, eventTime);
    }
    return new DensityRecord(
        "events",
        0,
        17,
        eventTime,
        status,
        logDensity,
        DensitySum.TRUNCATED,
        -logDensity,
        pValue,
        anomaly,
        guarded,
        posterior.get(0).chart(),
        posterior,
        0f,
        null,
        null,
        imputed,
        marginalised,
        version,
        "0123456789abcdef",
        atlasEvents,
        atlasEventTime,
        inSample);
  }
}
