package io.chartflow.bench.cli;

import io.chartflow.local.cli.Chartflow;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code chartflow bench}: how fast it is, here. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "NAME",
    description =
        "Measures on this machine what docs/performance.md tells of another. Let nothing else run"
            + " meanwhile.",
    subcommands = {EngineCommand.class, PipelineCommand.class})
public final class Benchmarks {

  /** Runs the command and exits with its code. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The command line, for tests: it does not exit. */
  public static CommandLine commandLine() {
    return Chartflow.commandLine(new Benchmarks());
  }
}
