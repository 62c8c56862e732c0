package io.chartflow.connect.atlas;

import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.atlas.AtlasManifest;
import io.chartflow.model.calibration.PValues;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.ChartsConfig;
import io.chartflow.model.linalg.Doubles;
import io.chartflow.model.linalg.Floats;
import io.chartflow.model.marginal.FeatureMap;
import io.chartflow.model.online.Standardiser;
import java.util.Map;
import java.util.TreeMap;

/** An atlas of two charts on a line, filled with its version number. */
final class SmallAtlas {

  private SmallAtlas() {}

  static Atlas of(long version) {
    AtlasConfig config = AtlasConfig.defaults(1).withCharts(new ChartsConfig(2, 1, 0));
    AtlasManifest manifest =
        new AtlasManifest(
            version,
            version - 1,
            config.hash(),
            1000 * version,
            version,
            new TreeMap<>(Map.of("events-0", 500 * version)),
            1700 + version,
            -1.5,
            2);
    Standardiser standardiser =
        new Standardiser(Doubles.copyOf(new double[] {0}), Doubles.copyOf(new double[] {1}));
    Floats two = values(2, version);
    return new Atlas(
        manifest,
        config,
        FeatureMap.of(standardiser, 1),
        values(100, version),
        values(16, version),
        two,
        two,
        two,
        values(300, version),
        two,
        two,
        PValues.EMPTY);
  }

  private static Floats values(int count, long version) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = version + i / 1000f;
    }
    return Floats.copyOf(values);
  }
}
