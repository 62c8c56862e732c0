package io.chartflow.bench.cli;

import io.chartflow.local.cli.Chartflow;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code chartflow experiment}: what a checkout has beyond the commands of a user. */
@Command(
    name = "experiment",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "NAME",
    description =
        "Makes an experiment and writes its tables and pictures. Finished runs are kept, so one that"
            + " was interrupted goes on.",
    subcommands = {
      PaperCommand.class,
      AblationCommand.class,
      DriftCommand.class,
      CalibrationCommand.class,
      FlightsCommand.class,
      SurfaceCommand.class
    })
public final class Experiments {

  /** Runs the command and exits with its code. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The command line, for tests: it does not exit. */
  public static CommandLine commandLine() {
    return Chartflow.commandLine(new Experiments());
  }
}
