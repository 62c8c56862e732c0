package io.chartflow.bench.cli;

import io.chartflow.bench.pipeline.Part;
import io.chartflow.bench.pipeline.PipelineBenchmark;
import io.chartflow.bench.pipeline.PipelineMarkdown;
import io.chartflow.bench.pipeline.PipelineOptions;
import io.chartflow.bench.pipeline.PipelineReport;
import io.chartflow.connect.config.EventFormat;
import io.chartflow.model.engine.JvmEngine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code chartflow bench pipeline}: Kafka to Kafka. */
@Command(
    name = "pipeline",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Kafka to Kafka in one process, broker included: events a second, processor time and bytes of"
            + " each part, delays at half load, checkpoints, restores; and a Python consumer beside"
            + " them.")
final class PipelineCommand implements Callable<Integer> {

  @Spec @Nullable CommandSpec spec;

  @Option(names = "--json", paramLabel = "FILE", description = "where the figures go")
  @Nullable Path json;

  @Option(names = "--markdown", paramLabel = "FILE", description = "where the tables go")
  @Nullable Path markdown;

  @Option(
      names = "--parts",
      split = ",",
      paramLabel = "PART",
      description = "some of ${COMPLETION-CANDIDATES} (default: all)")
  List<Part> parts = List.of(Part.values());

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "of the events, as schema.format has it (default: ${DEFAULT-VALUE})")
  String format = EventFormat.PACKED_FLOATS.label();

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "of a run; whole batches of 512 (default: ${DEFAULT-VALUE})")
  int events = 1_024_000;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "of each measurement that count (default: ${DEFAULT-VALUE})")
  int runs = 3;

  @Option(
      names = "--warmups",
      paramLabel = "N",
      description = "before them, until the code is compiled (default: ${DEFAULT-VALUE})")
  int warmups = 10;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "of a run of the delays (default: ${DEFAULT-VALUE})")
  int seconds = 10;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "events a second of the delays (default: half of the highest)")
  int rate;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "of the score job (default: ${DEFAULT-VALUE})")
  int parallelism = 1;

  @Option(
      names = "--learner-threads",
      paramLabel = "N",
      description = "of the train job (default: one per core)")
  int learnerThreads = Math.min(Runtime.getRuntime().availableProcessors(), JvmEngine.MOST_WORKERS);

  @Option(
      names = "--kafka",
      paramLabel = "KEY=VALUE",
      description = "a property of Kafka's clients, as kafka.properties has it; may be repeated")
  SortedMap<String, String> kafka = new TreeMap<>();

  @Option(
      names = "--profile",
      paramLabel = "FOLDER",
      description = "keeps flight recordings and prints what is in them")
  @Nullable Path profile;

  @Option(
      names = "--peer",
      paramLabel = "PYTHON",
      description = "interpreter that runs bench/peers/kafka_pytorch_consumer.py as well")
  @Nullable String python;

  @Override
  public Integer call() throws IOException {
    CommandSpec command = Objects.requireNonNull(spec, "picocli makes the command");
    PrintWriter out = command.commandLine().getOut();
    PipelineOptions options =
        new PipelineOptions(
            parts,
            format(format),
            events,
            runs,
            warmups,
            seconds,
            rate,
            parallelism,
            learnerThreads,
            kafka,
            profile,
            python);
    String words = String.join(" ", command.root().commandLine().getParseResult().originalArgs());
    try (PipelineBenchmark benchmark = new PipelineBenchmark(options, out)) {
      PipelineReport report = benchmark.run("./chartflow " + words, commit());
      out.println(PipelineMarkdown.of(report));
      out.flush();
      write(json, report.json());
      write(markdown, PipelineMarkdown.of(report));
    }
    return 0;
  }

  private static void write(@Nullable Path file, String text) throws IOException {
    if (file != null) {
      Files.writeString(file, text);
    }
  }

  private static EventFormat format(String label) {
    return Stream.of(EventFormat.values())
        .filter(each -> each.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--format must be one of "
                        + String.join(
                            ", ", Stream.of(EventFormat.values()).map(EventFormat::label).toList())
                        + ", got "
                        + label));
  }

  /** Of this checkout, or "unknown" outside of one. */
  private static String commit() {
    try {
      Process git =
          new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=8")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String told = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return told.isEmpty() ? "unknown" : told;
    } catch (IOException e) {
      return "unknown";
    }
  }
}
