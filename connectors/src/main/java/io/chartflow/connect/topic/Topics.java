package io.chartflow.connect.topic;

import io.chartflow.connect.config.ChartflowConfig;

/** The topics and how they must be made. */
public final class Topics {

  private Topics() {}

  /**
   * Creates the topics that are missing and checks those that exist.
   *
   * @throws IllegalStateException naming every topic that is made wrongly
   */
  public static void ensure(ChartflowConfig config) {
    throw new UnsupportedOperationException("being built for " + config.topics());
  }
}
