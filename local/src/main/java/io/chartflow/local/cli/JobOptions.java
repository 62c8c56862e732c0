package io.chartflow.local.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code train} and {@code score} have in common. */
final class JobOptions {

  @Mixin ConfigOption config = new ConfigOption();

  @Option(
      names = "--ui-port",
      paramLabel = "PORT",
      description = "Port of Flink's web page (default: a free one).")
  int uiPort;

  @Option(
      names = "--from",
      paramLabel = "URI",
      description = "Savepoint or checkpoint to go on from, as an earlier run told it.")
  @Nullable String from;
}
