package io.chartflow.ops.monitor;

import io.chartflow.connect.density.DensityRecord;

/**
 * The use of one atlas version in one window.
 *
 * @param events events that the version had seen when it was published; -1 if no record said so
 * @param eventTime latest event time the version had learned from; -1 if no record said so
 * @param fresh records scored by it that it had not learned from
 */
record VersionUse(long events, long eventTime, long fresh) {

  static VersionUse of(DensityRecord density) {
    Long events = density.atlasEvents();
    Long eventTime = density.atlasEventTime();
    boolean fresh = Boolean.FALSE.equals(density.inSample());
    return new VersionUse(
        events == null ? -1 : events, eventTime == null ? -1 : eventTime, fresh ? 1 : 0);
  }

  VersionUse plus(VersionUse other) {
    return new VersionUse(
        Math.max(events, other.events), Math.max(eventTime, other.eventTime), fresh + other.fresh);
  }
}
