package io.chartflow.local.demo;

import io.chartflow.local.audit.DensityTally;
import io.chartflow.local.audit.ReadBack;
import io.chartflow.model.atlas.AtlasManifest;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;

/** Progress to test with. */
final class Progresses {

  private Progresses() {}

  static Progress at(long seconds, long sent, long learned, long versions, long out) {
    DensityTally.Totals totals =
        new DensityTally.Totals(out, Map.of(), 0, 0, 0, 0, Double.NaN, Double.NaN, versions);
    return new Progress(
        Duration.ofSeconds(seconds),
        1000,
        sent,
        learned,
        10,
        versions > 0,
        new ReadBack.State(totals, 0, out, 0),
        versions == 0 ? null : manifest(versions),
        versions,
        versions == 0 ? Double.NaN : -2.25,
        -2.0);
  }

  private static AtlasManifest manifest(long version) {
    return new AtlasManifest(
        version, version - 1, "hash", 100, 10, Collections.emptySortedMap(), 0, -2.25, 12);
  }
}
