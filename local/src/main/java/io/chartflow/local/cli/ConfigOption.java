package io.chartflow.local.cli;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.config.ConfigReader;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The configuration file. */
final class ConfigOption {

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The configuration file, chartflow.yaml.")
  private Path file = Path.of("chartflow.yaml");

  /** What the file says. */
  ChartflowConfig read() {
    return ConfigReader.read(file);
  }
}
