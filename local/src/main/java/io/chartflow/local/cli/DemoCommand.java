package io.chartflow.local.cli;

import io.chartflow.local.demo.Demo;
import io.chartflow.local.demo.DemoOptions;
import io.chartflow.local.demo.DemoReport;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code chartflow demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs everything in one process and shows it: a Kafka broker, a Flink cluster with both jobs,"
          + " the monitor, a producer, and a reader that checks that every event comes out exactly"
          + " once. Needs nothing but this program; leaves nothing behind.",
      "Without --events it runs until Ctrl-C."
    })
final class DemoCommand implements Callable<Integer> {

  @Mixin private EventsOptions events = new EventsOptions();

  @Option(
      names = "--events",
      paramLabel = "N",
      description =
          "End when so many events were read back. Below 1,000,000 the model's time scales are"
              + " derived from N, so that there are several atlas versions.")
  private long count;

  @Option(
      names = "--rate",
      paramLabel = "EVENTS/S",
      description = "Events a second; by default as many as the jobs keep up with.")
  private double rate;

  @Option(names = "--seed", paramLabel = "N", description = "Of events and model (default: 0).")
  private long seed;

  @Option(names = "--charts", paramLabel = "K", description = "Number of charts.")
  private @Nullable Integer charts;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Tasks of the score job (default: ${DEFAULT-VALUE}).")
  private int parallelism = 1;

  @Option(
      names = "--learner-threads",
      paramLabel = "N",
      description = "Threads of the train job (default: ${DEFAULT-VALUE}).")
  private int learnerThreads = 1;

  @Option(
      names = "--headless",
      description = "Plain lines; the default where there is no terminal.")
  private boolean headless;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the summary to this file, as JSON.")
  private @Nullable Path json;

  @Option(
      names = "--ui-port",
      paramLabel = "PORT",
      description = "Port of Flink's web page (default: a free one).")
  private int uiPort;

  @Option(
      names = "--monitor-port",
      paramLabel = "PORT",
      description = "Port of the monitor (default: a free one).")
  private int monitorPort;

  @Option(
      names = "--patience",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "Give up when nothing has moved for so long (default: 90s).")
  private Duration patience = DemoOptions.DEFAULT_PATIENCE;

  @Override
  public Integer call() {
    // The launcher knows: System.console() is not null everywhere from JDK 22 on.
    boolean terminal = Boolean.getBoolean("chartflow.terminal");
    // Before the first logger is made. Clients of a broker that comes and goes with us complain.
    System.setProperty("chartflow.network.log", "ERROR");
    if (terminal && !headless) {
      // Lines of a log would tear the block apart.
      System.setProperty("chartflow.log", System.getProperty("chartflow.log", "WARN"));
    }
    DemoOptions options =
        new DemoOptions(
            events.orElse("drifting"),
            count,
            rate,
            seed,
            charts,
            parallelism,
            learnerThreads,
            headless,
            patience,
            uiPort,
            monitorPort);
    checkWritable(json);
    PrintStream out = System.out;
    Demo demo = new Demo(options, out, terminal);
    try (StopSignal signal = new StopSignal(demo::stop)) {
      DemoReport report = demo.run();
      out.print(report.summary());
      out.flush();
      if (json != null) {
        report.write(json);
      }
      return report.faults().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }

  /** Better to hear it now than after the run. */
  static void checkWritable(@Nullable Path file) {
    if (file == null) {
      return;
    }
    Path directory = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file) || directory == null || !Files.isWritable(directory)) {
      throw new IllegalArgumentException(
          "--json must be a file in a directory that can be written to, got " + file);
    }
  }
}
