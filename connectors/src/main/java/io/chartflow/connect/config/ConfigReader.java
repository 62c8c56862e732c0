package io.chartflow.connect.config;

import java.nio.file.Path;

/** Reads {@code chartflow.yaml}. */
public final class ConfigReader {

  private ConfigReader() {}

  /**
   * The configuration of a file.
   *
   * @throws io.chartflow.model.config.ConfigException naming every mistake of the file
   */
  public static ChartflowConfig read(Path file) {
    throw new UnsupportedOperationException("being built, to read " + file);
  }
}
