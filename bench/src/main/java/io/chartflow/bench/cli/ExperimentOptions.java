package io.chartflow.bench.cli;

import io.chartflow.bench.experiment.Run;
import io.chartflow.bench.experiment.RunFailure;
import io.chartflow.bench.experiment.RunQueue;
import io.chartflow.bench.experiment.RunRecord;
import io.chartflow.bench.experiment.RunStore;
import io.chartflow.bench.report.Cell;
import io.chartflow.bench.report.Machine;
import io.chartflow.bench.report.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What every experiment takes. */
final class ExperimentOptions {

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "runs of each kind, by seeds from 0 (default: ${DEFAULT-VALUE})")
  int seeds = 5;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "runs side by side, each on one thread (default: ${DEFAULT-VALUE})")
  int threads = 2;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "where tables and pictures go (default: ${DEFAULT-VALUE})")
  Path out = Path.of("docs/experiments");

  @Option(
      names = "--results",
      paramLabel = "FOLDER",
      description = "where finished runs are kept (default: ${DEFAULT-VALUE})")
  Path results = Path.of("bench/target/experiments");

  @Option(names = "--fresh", description = "makes finished runs again")
  boolean fresh;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "another setting of every model, for instance training.learningRate=0.002")
  Map<String, String> settings = new TreeMap<>();

  /** Refuses what makes no sense. */
  void check() {
    require(seeds >= 1, "--seeds must be at least 1, got " + seeds);
    require(threads >= 1, "--threads must be at least 1, got " + threads);
  }

  static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /** Where finished runs are. */
  RunStore store() {
    return new RunStore(results);
  }

  /** Makes the runs, then the report of those that did not fail, a cell for what seeds repeat. */
  void make(CommandSpec spec, List<Run> runs, BiConsumer<List<RunRecord>, Report> write) {
    make(spec, runs, Cell::of, write);
  }

  /**
   * Makes the runs, then the report of those that did not fail.
   *
   * @param cells of the report, from the records
   * @param write told of the records and their report, before a failure is
   */
  void make(
      CommandSpec spec,
      List<Run> runs,
      Function<List<RunRecord>, List<Cell>> cells,
      BiConsumer<List<RunRecord>, Report> write) {
    RunQueue queue = new RunQueue(store(), threads, fresh, spec.commandLine().getOut());
    try {
      List<RunRecord> records = queue.run(runs);
      write.accept(records, report(spec, cells.apply(records)));
    } catch (RunFailure failure) {
      if (!failure.finished().isEmpty()) {
        write.accept(failure.finished(), report(spec, cells.apply(failure.finished())));
      }
      throw failure;
    }
  }

  private static Report report(CommandSpec spec, List<Cell> cells) {
    String words = String.join(" ", spec.root().commandLine().getParseResult().originalArgs());
    return new Report("./chartflow " + words, Machine.here(), cells);
  }

  /** Writes a document into the folder of the tables. */
  void write(CommandSpec spec, String name, String text) {
    write(spec, name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a picture into the folder of the tables. */
  void write(CommandSpec spec, String name, byte[] bytes) {
    Path file = out.resolve(name);
    try {
      Files.createDirectories(out);
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
    spec.commandLine().getOut().println("wrote " + file);
    spec.commandLine().getOut().flush();
  }
}
