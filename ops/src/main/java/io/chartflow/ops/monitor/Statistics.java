package io.chartflow.ops.monitor;

import io.chartflow.ops.monitor.StatisticsRecord.AtlasAge;
import io.chartflow.ops.monitor.StatisticsRecord.ChartMass;
import io.chartflow.ops.monitor.StatisticsRecord.LogDensity;
import io.chartflow.ops.monitor.StatisticsRecord.PValues;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From a window's merged partial to its statistics record: a pure function. */
final class Statistics {

  private static final double[] RANKS = {0.01, 0.1, 0.5, 0.9, 0.99};

  private Statistics() {}

  /**
   * The record of a window.
   *
   * @param previous the record of the window before, from which an atlas version that is still the
   *     newest takes its age in events; null if there is none
   */
  static StatisticsRecord of(
      WindowPartial partial,
      long start,
      long end,
      boolean complete,
      @Nullable StatisticsRecord previous) {
    return new StatisticsRecord(
        start,
        end,
        complete,
        partial.events(),
        partial.lastEventTime,
        partial.statuses,
        logDensity(partial),
        pValues(partial.pValues),
        charts(partial),
        atlas(partial, previous == null ? null : previous.atlas()),
        partial.inSampleKnown == 0 ? null : (double) partial.inSample / partial.inSampleKnown,
        partial.alarms.anomalies(),
        partial.alarms.guarded(),
        partial.alarms.incomplete);
  }

  private static @Nullable LogDensity logDensity(WindowPartial partial) {
    LogDensities all = partial.logDensities;
    if (all.count() == 0) {
      return null;
    }
    double[] quantiles = all.quantiles(RANKS);
    return new LogDensity(
        all.count(),
        all.sum() / all.count(),
        all.min(),
        all.max(),
        quantiles[0],
        quantiles[1],
        quantiles[2],
        quantiles[3],
        quantiles[4],
        all.rankError());
  }

  private static @Nullable PValues pValues(PValueCounts counts) {
    if (counts.count == 0) {
      return null;
    }
    double n = counts.count;
    return new PValues(counts.count, counts.below10 / n, counts.below1 / n, counts.below01 / n);
  }

  private static List<ChartMass> charts(WindowPartial partial) {
    return partial.chartMass.entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .map(entry -> new ChartMass(entry.getKey(), entry.getValue() / partial.posteriors))
        .toList();
  }

  private static @Nullable AtlasAge atlas(WindowPartial partial, @Nullable AtlasAge previous) {
    Map.Entry<Long, VersionUse> newest = partial.versions.lastEntry();
    if (newest == null) {
      return null;
    }
    long version = newest.getKey();
    VersionUse use = newest.getValue();
    long before = previous != null && previous.version() == version ? previous.ageEvents() : 0;
    return new AtlasAge(
        version,
        use.events() < 0 ? null : use.events(),
        use.eventTime() < 0 ? null : partial.lastEventTime - use.eventTime(),
        before + use.fresh());
  }
}
