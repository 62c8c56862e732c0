package io.chartflow.bench.pipeline;

import static io.chartflow.bench.report.MarkdownTable.number;

import io.chartflow.bench.report.MarkdownTable;
import io.chartflow.bench.report.Targets;
import io.chartflow.bench.stats.Summary;
import io.chartflow.local.cluster.LocalFlink.FinishedCheckpoint;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A report as a document. */
public final class PipelineMarkdown {

  private static final double SCORED = 100_000;
  private static final double LEARNED = 50_000;
  private static final double LATE = 25;
  private static final double RATIO = 5;

  private final PipelineReport report;

  private PipelineMarkdown(PipelineReport report) {
    this.report = report;
  }

  /** The document. */
  public static String of(PipelineReport report) {
    PipelineMarkdown page = new PipelineMarkdown(report);
    return page.head()
        + page.rates()
        + page.costs("Processor time", "CPU µs for each event", ThreadCosts.Spent::cpuMicros, 2)
        + page.costs("Bytes", "bytes allocated for each event", ThreadCosts.Spent::bytes, 0)
        + page.delays()
        + page.checkpoints()
        + page.peers()
        + page.targets();
  }

  private String head() {
    PipelineOptions options = report.options();
    return """
        # Kafka to Kafka

        ```sh
        %s
        ```

        %s Commit %s, VM options `%s`, peak resident memory %d MiB.

        Broker, jobs, producer and reader in one process. Helix, D = 3, K = 64, default model, %,d events \
        as %s in %d partitions, score job of parallelism %d, train job of %d threads. Medians of %d \
        runs after %d that warm up (half as many where the code is compiled already); lowest and \
        highest in brackets.%s

        """
        .formatted(
            report.command(),
            report.machine().sentence(),
            report.commit(),
            String.join(" ", report.vmOptions()),
            report.peakMebibytes(),
            options.events(),
            options.format().label(),
            report.partitions(),
            options.parallelism(),
            options.learnerThreads(),
            options.runs(),
            options.warmups(),
            options.kafka().isEmpty() ? "" : " Clients of Kafka with " + options.kafka() + ".");
  }

  private String rates() {
    MarkdownTable table = new MarkdownTable("", "events/s", "cores used");
    for (Part part : Part.values()) {
      List<Throughput> runs = report.throughputs().getOrDefault(part, List.of());
      if (!runs.isEmpty()) {
        double cores = median(runs, run -> run.spent().cpuSeconds() / run.spent().seconds());
        table.row(List.of(part.text(), spread(report.rate(part), 0), number(cores, 2)));
      }
    }
    return "## Events a second\n\nFrom events that lie in Kafka to densities that were read back, in the"
        + " steady state: from 10 % of the output on to its end. At-least-once output counts when it"
        + " was read; what is written exactly once shows checkpoint by checkpoint, so there the"
        + " tasks' own counts are taken, and that all of it was read back in the end is checked. With"
        + " learning the last 75 % of the events count, since the first 110,000 fit features and"
        + " place charts: the score job, which reads those only, is submitted when the train job has"
        + " come to them, and the time ends when both have done them all.\n\n"
        + table
        + "\n";
  }

  private String costs(String title, String what, Cost cost, int decimals) {
    MarkdownTable table =
        new MarkdownTable(
            "part", Part.SCORE.text(), Part.SCORE_AT_LEAST_ONCE.text(), Part.LEARN.text());
    for (ThreadPart part : ThreadPart.values()) {
      table.row(
          List.of(
              part.text(),
              cell(Part.SCORE, part, cost, decimals),
              cell(Part.SCORE_AT_LEAST_ONCE, part, cost, decimals),
              cell(Part.LEARN, part, cost, decimals)));
    }
    return "## "
        + title
        + "\n\n"
        + capital(what)
        + ", by whom threads work for.\n\n"
        + table
        + "\n";
  }

  private String cell(Part of, ThreadPart part, Cost cost, int decimals) {
    List<Throughput> runs = report.throughputs().getOrDefault(of, List.of());
    return number(median(runs, run -> cost.of(run.spent(), part, run.events())), decimals);
  }

  private String delays() {
    if (report.delays().isEmpty()) {
      return "";
    }
    MarkdownTable table = new MarkdownTable("run", "p50", "p90", "p99", "p99.9", "max");
    for (int i = 0; i < report.delays().size(); i++) {
      Delays.Quantiles each = report.delays().get(i);
      table.row(
          List.of(
              Integer.toString(i + 1),
              number(each.p50(), 1),
              number(each.p90(), 1),
              number(each.p99(), 1),
              number(each.p999(), 1),
              number(each.max(), 1)));
    }
    return "## Delay\n\nMilliseconds from the time at which an event was due to be produced to that at"
        + " which its density was read, at-least-once output, %,d events a second%s. The producer"
            .formatted(
                Math.round(report.delayRate()),
                report.options().rate() > 0 ? "" : ", half of the highest rate")
        + " keeps to its schedule whatever becomes of the events (`linger.ms=1`), so"
        + " one that is held up counts as late.\n\n"
        + table
        + "\n";
  }

  private String checkpoints() {
    MarkdownTable table = new MarkdownTable("", "checkpoint, ms", "state, kB");
    for (Part part : Part.values()) {
      List<FinishedCheckpoint> all =
          report.throughputs().getOrDefault(part, List.of()).stream()
              .flatMap(run -> run.checkpoints().stream())
              .toList();
      if (!all.isEmpty()) {
        table.row(
            List.of(
                part.text(),
                spread(Summary.of(all.stream().map(c -> (double) c.millis()).toList()), 0),
                spread(Summary.of(all.stream().map(c -> c.bytes() / 1e3).toList()), 0)));
      }
    }
    return "## Checkpoints\n\nWhile events lie waiting, of both jobs where both run."
        + restored()
        + "\n\n"
        + table
        + "\n";
  }

  private String restored() {
    return report.restores().isEmpty()
        ? ""
        : " A score job that was stopped with a savepoint in the middle of them had ended after %s ms,"
                .formatted(number(median(report.restores(), Restore::stopMillis), 0))
            + " and %s ms after it was submitted with that savepoint its next density was read."
                .formatted(number(median(report.restores(), Restore::restoreMillis), 0));
  }

  private String peers() {
    if (report.peers().isEmpty()) {
      return "";
    }
    MarkdownTable table = new MarkdownTable("", "Python, events/s", "Chartflow, events/s", "ratio");
    row(table, Peer.SCORE, Part.SCORE_AT_LEAST_ONCE);
    row(table, Peer.LEARN, Part.LEARN);
    return "## Against Python\n\n`bench/peers/kafka_pytorch_consumer.py` with the versions of"
        + " `bench/peers/requirements.txt`: a consumer of the same topic on the same broker with"
        + " confluent-kafka and PyTorch, in a process of its own, at-least-once output.\n\n"
        + table
        + "\n";
  }

  private void row(MarkdownTable table, String what, Part part) {
    table.row(
        List.of(
            part.text(),
            spread(report.peer(what), 0),
            spread(report.rate(part), 0),
            number(ratio(what, part), 1)));
  }

  private double ratio(String what, Part part) {
    return report.rate(part).median() / report.peer(what).median();
  }

  private String targets() {
    List<Part> parts = report.options().parts();
    Targets targets = new Targets();
    if (parts.contains(Part.SCORE)) {
      targets.atLeast("events/s scored", SCORED, report.rate(Part.SCORE).median(), 0);
    }
    if (parts.contains(Part.LEARN)) {
      targets.atLeast("events/s scored and learned", LEARNED, report.rate(Part.LEARN).median(), 0);
    }
    if (parts.contains(Part.DELAY)) {
      double late = median(report.delays(), Delays.Quantiles::p99);
      targets.atMost("p99 of the delay, ms", LATE, late, 1);
    }
    if (!report.peers().isEmpty()) {
      targets
          .atLeast("scored, against Python", RATIO, ratio(Peer.SCORE, Part.SCORE_AT_LEAST_ONCE), 1)
          .atLeast("scored and learned, against Python", RATIO, ratio(Peer.LEARN, Part.LEARN), 1);
    }
    return targets.toString().replace("### ", "## ").replace("over seeds", "over runs").strip()
        + "\n";
  }

  private static String spread(Summary of, int decimals) {
    return "%s (%s – %s)"
        .formatted(
            number(of.median(), decimals),
            number(of.lowest(), decimals),
            number(of.highest(), decimals));
  }

  private static <T> double median(List<T> runs, ToDoubleFunction<T> value) {
    return runs.isEmpty()
        ? Double.NaN
        : Summary.of(runs.stream().map(value::applyAsDouble).toList()).median();
  }

  private static String capital(String text) {
    return text.startsWith("CPU")
        ? text
        : Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  /** What a part cost for each event. */
  @FunctionalInterface
  private interface Cost {
    double of(ThreadCosts.Spent spent, ThreadPart part, long events);
  }
}
