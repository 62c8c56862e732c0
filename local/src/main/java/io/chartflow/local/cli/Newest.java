package io.chartflow.local.cli;

import io.chartflow.connect.atlas.AtlasTopicReader;
import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.model.atlas.Atlas;

/** The newest atlas of a configuration. */
final class Newest {

  private Newest() {}

  /**
   * @throws IllegalStateException if the topic holds no version
   */
  static Atlas atlas(ChartflowConfig config) {
    return AtlasTopicReader.latest(config)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "expected a version in topic "
                        + config.topics().atlas()
                        + " at "
                        + config.kafka().bootstrapServers()
                        + ", there is none yet; does the train job run?"));
  }
}
