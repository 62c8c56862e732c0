package io.chartflow.local.cli;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.topic.Topics;
import io.chartflow.local.data.DataSet;
import io.chartflow.local.produce.EventFeed;
import io.chartflow.local.produce.EventJson;
import io.chartflow.local.produce.Pace;
import io.chartflow.model.config.Problems;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code chartflow produce}. */
@Command(
    name = "produce",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Sends a data set to the events topic of your Kafka, in the format that the configuration"
          + " says (schema.format), each event once.",
      "The features of the data set become the fields that the schema of the configuration reads,"
          + " in their order. Without --events it runs until Ctrl-C."
    })
final class ProduceCommand implements Callable<Integer> {

  private static final long TELL_EVERY_NANOS = 2_000_000_000L;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ConfigOption config = new ConfigOption();
  @Mixin private EventsOptions events = new EventsOptions();

  @Option(names = "--events", paramLabel = "N", description = "How many; without end by default.")
  private long count;

  @Option(
      names = "--rate",
      paramLabel = "EVENTS/S",
      description = "Events a second; by default as many as Kafka takes.")
  private double rate;

  @Option(names = "--seed", paramLabel = "N", description = "Of the events (default: 0).")
  private long seed;

  @Override
  public Integer call() {
    Problems problems = new Problems("");
    problems.between("--events", count, 0, Long.MAX_VALUE);
    problems.between("--rate", rate, 0.0, 1e9);
    problems.throwIfAny();
    ChartflowConfig file = config.read();
    DataSet set = events.orElse(null);
    EventJson.requireSame(file.schema(), set);
    Topics.ensure(file);
    AtomicBoolean stopping = new AtomicBoolean();
    try (EventFeed feed = new EventFeed(file, set, seed, count, Pace.of(rate));
        StopSignal signal = new StopSignal(() -> stopping.set(true))) {
      feed.start();
      PrintWriter out = spec.commandLine().getOut();
      watch(feed, stopping, out);
      feed.close();
      feed.check();
      out.printf(Locale.ROOT, "%,d events sent to %s%n", feed.sent(), file.topics().events());
      out.flush();
      return ExitCode.OK;
    }
  }

  private static void watch(EventFeed feed, AtomicBoolean stopping, PrintWriter out) {
    long told = System.nanoTime();
    while (!feed.ended() && !stopping.get()) {
      LockSupport.parkNanos(50_000_000L);
      if (System.nanoTime() - told >= TELL_EVERY_NANOS) {
        told = System.nanoTime();
        out.printf(Locale.ROOT, "%,d events sent%n", feed.sent());
        out.flush();
      }
    }
  }
}
