package io.chartflow.bench.engine;

import io.chartflow.bench.report.Cell;
import io.chartflow.bench.report.Machine;
import io.chartflow.bench.report.Report;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The race of {@code chartflow bench engine}.
 *
 * @param folder where models and events are kept
 * @param sizes of models and batches
 * @param rounds of each trial
 * @param peers who runs beside us, of {@link #NAMES}
 * @param python interpreter of the peers in Python
 */
public record EngineRace(Path folder, Sizes sizes, int rounds, List<String> peers, Path python) {

  /** Every peer by its name. */
  public static final List<String> NAMES =
      List.of("eager", "compiled", "samediff", "openblas", "forest", "river");

  /** Leg of the matrix products. */
  static final String KERNELS = "kernels";

  /** Leg of detectors that are not densities: events a second, D = 3. */
  static final String DETECTORS = "detectors";

  private static final Path SCRIPTS = Path.of("bench/peers");
  private static final Path JAVA = SCRIPTS.resolve("java");
  private static final List<String> SIZES =
      List.of(
          "1024x256x256", "2048x512x512", "512x64x64", "1024x64x64", "1024x32x64", "2048x16x64");

  /**
   * Refuses peers that there are not.
   *
   * @throws IllegalArgumentException naming the first of them
   */
  public EngineRace {
    peers = List.copyOf(peers);
    for (String peer : peers) {
      if (!NAMES.contains(peer)) {
        throw new IllegalArgumentException("--peers must be of " + NAMES + ", got " + peer);
      }
    }
  }

  /**
   * What the race found.
   *
   * @param json all of it
   * @param markdown its tables
   * @param failures who failed, and how
   */
  public record Result(String json, String markdown, List<String> failures) {

    /** Copies the list. */
    public Result {
      failures = List.copyOf(failures);
    }
  }

  /**
   * Runs it.
   *
   * @param command that began it, for the document
   * @param log told of every trial
   */
  public Result run(String command, PrintWriter log) {
    Race race = new Race(folder, rounds, log);
    Programme programme = Programme.of(sizes, models());
    programme.legs().forEach(race::run);
    race.run(KERNELS, kernels());
    Prepared small = Prepared.in(folder, Shape.of(3, 64, 64));
    race.run(DETECTORS, detectors(small));
    Report report = new Report(command, Machine.here(), Cell.of(race.records()));
    String bits = SameBits.hold(small) ? "yes" : "**no**";
    return new Result(
        report.json(),
        new EngineReport(report).markdown()
            + "\nSame bits with 1, 2 and 4 workers: "
            + bits
            + ".\n",
        race.failures());
  }

  private List<Contender> models() {
    List<Contender> contenders = new ArrayList<>(List.of(Contender.ours()));
    Path script = SCRIPTS.resolve("engine.py");
    if (peers.contains("eager")) {
      contenders.add(Contender.python(Contender.EAGER, python, script, List.of()));
    }
    if (peers.contains("compiled")) {
      List<String> words = List.of("--compile", "yes");
      contenders.add(Contender.python(Contender.COMPILED, python, script, words));
    }
    if (peers.contains("samediff")) {
      String main = "io.chartflow.peers.SameDiffTrial";
      contenders.add(Contender.peer("SameDiff", SCRIPTS.resolve("samediff"), main, List.of()));
    }
    return contenders;
  }

  private List<Contender> kernels() {
    List<Contender> contenders = new ArrayList<>(List.of(Contender.ourKernels(SIZES)));
    if (peers.contains("openblas")) {
      String main = "io.chartflow.peers.OpenBlasProducts";
      contenders.add(Contender.peer("OpenBLAS", JAVA, main, SIZES));
    }
    return contenders;
  }

  private List<Contender> detectors(Prepared small) {
    List<String> words = List.of(small.folder().resolve("events.f32").toString(), "3");
    List<Contender> contenders = new ArrayList<>();
    if (peers.contains("forest")) {
      String main = "io.chartflow.peers.CutForest";
      contenders.add(Contender.peer("random cut forest", JAVA, main, words));
    }
    if (peers.contains("river")) {
      Path script = SCRIPTS.resolve("half_space_trees.py");
      contenders.add(Contender.python("half-space trees (River)", python, script, words));
    }
    return contenders;
  }
}
