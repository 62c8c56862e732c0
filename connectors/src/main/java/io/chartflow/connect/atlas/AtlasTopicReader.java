package io.chartflow.connect.atlas;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.model.atlas.Atlas;
import java.time.Duration;
import java.util.Optional;

/** Reads the newest committed version with a plain consumer. */
public final class AtlasTopicReader {

  private AtlasTopicReader() {}

  /** The newest version that is complete now. */
  public static Optional<Atlas> latest(ChartflowConfig config) {
    throw new UnsupportedOperationException("being built for " + config.topics().atlas());
  }

  /** The newest version, waiting for a first one as long as {@code patience}. */
  public static Optional<Atlas> awaitLatest(ChartflowConfig config, Duration patience) {
    throw new UnsupportedOperationException(
        "being built for " + config.topics().atlas() + patience);
  }
}
