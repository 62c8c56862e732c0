package io.chartflow.bench.cli;

import io.chartflow.bench.engine.EngineRace;
import io.chartflow.bench.engine.Sizes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code chartflow bench engine}: rows a second learned and scored, beside peers. */
@Command(
    name = "engine",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Learns and scores rows, beside peers on the same cores in alternating rounds. Everything"
            + " with all peers takes hours; --quick a quarter of an hour.")
final class EngineCommand implements Callable<Integer> {

  @Spec @Nullable CommandSpec spec;

  @Option(names = "--quick", description = "fewer shapes, batches and threads")
  boolean quick;

  @Option(
      names = "--shapes",
      split = ",",
      paramLabel = "SHAPE",
      description = "dimension x width x charts, for instance 3x64x64 (default: all four)")
  List<String> shapes = List.of();

  @Option(
      names = "--batches",
      split = ",",
      paramLabel = "N",
      description = "events of a step (default: 64,256,1024,4096; above 100 features up to 1024)")
  List<Integer> batches = List.of();

  @Option(
      names = "--threads",
      split = ",",
      paramLabel = "N",
      description = "threads of every contender (default: 1,2)")
  List<Integer> threads = List.of();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "alternating rounds (default: 3, with --quick 2)")
  int rounds;

  @Option(
      names = "--peers",
      split = ",",
      paramLabel = "NAME",
      description = "eager, compiled, samediff, openblas, forest, river (default: none)")
  List<String> peers = List.of();

  @Option(
      names = "--python",
      paramLabel = "FILE",
      description = "an interpreter with bench/peers/requirements.txt (default: ${DEFAULT-VALUE})")
  Path python = Path.of("python3");

  @Option(names = "--json", paramLabel = "FILE", description = "writes all numbers there")
  @Nullable Path json;

  @Option(names = "--markdown", paramLabel = "FILE", description = "writes the tables there")
  @Nullable Path markdown;

  @Option(
      names = "--work",
      paramLabel = "FOLDER",
      description = "where models and events are kept (default: ${DEFAULT-VALUE})")
  Path work = Path.of("bench/target/engine");

  @Override
  public Integer call() {
    CommandSpec command = Objects.requireNonNull(spec, "picocli makes the command");
    PrintWriter out = command.commandLine().getOut();
    List<String> words = command.root().commandLine().getParseResult().originalArgs();
    int times = rounds > 0 ? rounds : quick ? 2 : 3;
    Sizes sizes = (quick ? Sizes.QUICK : Sizes.ALL).but(shapes, batches, threads);
    EngineRace race = new EngineRace(work, sizes, times, peers, python);
    EngineRace.Result result = race.run("./chartflow " + String.join(" ", words), out);
    write(json, result.json());
    write(markdown, result.markdown());
    out.println(result.markdown());
    result.failures().forEach(failure -> out.println("failed: " + failure));
    out.flush();
    return result.failures().isEmpty() ? 0 : 1;
  }

  private static void write(@Nullable Path file, String text) {
    if (file == null) {
      return;
    }
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
