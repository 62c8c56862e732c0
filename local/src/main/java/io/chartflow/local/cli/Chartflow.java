package io.chartflow.local.cli;

import java.io.PrintWriter;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;

/**
 * The command line. Exit codes: 0 for success, 1 for a failure while running, 2 for a mistake in
 * the flags or the files that were given; each with one message on standard error.
 */
@Command(
    name = "chartflow",
    description =
        "Learns the probability density of a Kafka stream while it runs, and tells for every event"
            + " how probable it was.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Begin with:  chartflow demo",
      "Each command explains itself:  chartflow demo --help",
      "From a checkout, the experiments of docs/experiments:  chartflow experiment --help"
    },
    subcommands = {
      DemoCommand.class,
      FitCommand.class,
      SuggestCommand.class,
      ProduceCommand.class,
      TrainCommand.class,
      ScoreCommand.class,
      SampleCommand.class,
      AtlasCommand.class
    })
public final class Chartflow {

  private Chartflow() {}

  /** Runs the command and exits with its code. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /**
   * The command line, for tests: it does not exit.
   *
   * @param more commands of modules above this one
   */
  public static CommandLine commandLine(Object... more) {
    CommandLine line = new CommandLine(new Chartflow());
    for (Object command : more) {
      line.addSubcommand(command);
    }
    line.setParameterExceptionHandler(Chartflow::misused);
    line.setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(true);
    return line;
  }

  /** A flag that does not exist, or a value that is not what the flag takes. */
  private static int misused(ParameterException failure, String[] args) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("chartflow: " + failure.getMessage());
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    err.flush();
    return ExitCode.USAGE;
  }

  /** Bad input is the user's to mend and says what; anything else is told with its cause. */
  private static int failed(Exception failure, CommandLine command) {
    PrintWriter err = command.getErr();
    err.println("chartflow: " + message(failure));
    err.flush();
    LoggerFactory.getLogger(Chartflow.class).debug("Why", failure);
    return failure instanceof IllegalArgumentException ? ExitCode.USAGE : ExitCode.SOFTWARE;
  }

  /** The message, and that of the innermost cause where it says something else. */
  private static String message(Throwable failure) {
    String told = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String cause = root.getMessage() == null ? root.toString() : root.getMessage();
    return told.contains(cause) ? told : told + ": " + cause;
  }
}
