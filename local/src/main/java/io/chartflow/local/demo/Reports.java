package io.chartflow.local.demo;

import io.chartflow.local.audit.DensityTally;
import io.chartflow.model.atlas.AtlasManifest;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the report of a demo from where it ended. */
final class Reports {

  private Reports() {}

  static DemoReport of(
      DemoOptions options,
      Progress last,
      long missing,
      long openings,
      Speed speed,
      Duration startup,
      Duration running) {
    DensityTally.Totals densities = last.output().densities();
    SortedMap<String, Long> byStatus = new TreeMap<>();
    densities.byStatus().forEach((status, count) -> byStatus.put(status.name(), count));
    AtlasManifest atlas = last.atlas();
    OptionalDouble truth = options.set().trueLogLikelihood();
    OptionalLong memory = ProcessMemory.peakMebibytes();
    double seconds = running.toNanos() / 1e9;
    return new DemoReport(
        options.set().name(),
        last.sent(),
        densities.records(),
        last.output().deadLetters(),
        last.output().duplicates(),
        missing,
        byStatus,
        densities.nonFinite(),
        densities.inSample(),
        densities.pValues(),
        densities.anomalies(),
        openings,
        last.versions(),
        atlas == null ? null : atlas.usedCharts(),
        atlas == null ? null : finite(atlas.prequentialLogLikelihood()),
        finite(densities.meanLogDensity()),
        finite(densities.meanOutOfSample()),
        truth.isPresent() ? truth.getAsDouble() : null,
        seconds,
        last.finished() / seconds,
        finite(speed.steady()),
        startup.toNanos() / 1e9,
        memory.isPresent() ? memory.getAsLong() : null);
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
