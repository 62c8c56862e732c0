package io.chartflow.bench.engine;

import io.chartflow.bench.experiment.Label;
import io.chartflow.bench.experiment.RunRecord;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Contenders in alternating rounds: each does the same trial, one after the other, and the whole
 * again in the next round, so that a machine that becomes slower does so for all of them.
 */
public final class Race {

  static final String LEG = "leg";
  static final String SHAPE = "shape";
  static final String CONTENDER = "contender";
  static final String THREADS = "threads";
  static final String WORK = "work";
  static final String BATCH = "batch";

  private final Path folder;
  private final int rounds;
  private final PrintWriter log;
  private final List<RunRecord> records = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  /**
   * A race that nobody has run.
   *
   * @param folder where models and events are kept
   * @param rounds of each trial
   * @param log told of every trial
   */
  public Race(Path folder, int rounds, PrintWriter log) {
    this.folder = folder;
    this.rounds = rounds;
    this.log = log;
  }

  /** Runs all rounds of one leg. */
  void run(Leg leg) {
    Prepared prepared = Prepared.in(folder, leg.shape());
    for (int round = 0; round < rounds; round++) {
      for (Entry entry : leg.entries()) {
        Trial trial =
            new Trial(
                leg.shape(),
                prepared.folder(),
                leg.works(),
                leg.batches(),
                entry.threads(),
                leg.seconds());
        log.println(
            "round %d, %s, %s, threads %d: %s"
                .formatted(
                    round + 1,
                    leg.name(),
                    leg.shape().name(),
                    entry.threads(),
                    entry.contender().name()));
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(LEG, leg.name());
        labels.put(SHAPE, leg.shape().name());
        labels.put(THREADS, Integer.toString(entry.threads()));
        add(labels, entry.contender().with(trial.words()), entry.threads(), round);
      }
    }
  }

  /** Runs all rounds of contenders that take no trial, each on one thread. */
  void run(String leg, List<Contender> contenders) {
    for (int round = 0; round < rounds; round++) {
      for (Contender contender : contenders) {
        log.println("round %d, %s: %s".formatted(round + 1, leg, contender.name()));
        add(Map.of(LEG, leg), contender, 1, round);
      }
    }
  }

  /** Who failed, and how: what the others measured is not lost. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  /** What was measured so far. */
  List<RunRecord> records() {
    return List.copyOf(records);
  }

  /**
   * Contenders on one shape.
   *
   * @param name of what is asked
   * @param shape of the model
   * @param works what to time
   * @param batches sizes of a batch
   * @param seconds that each measurement takes, roughly
   * @param entries who takes part
   */
  record Leg(
      String name,
      Shape shape,
      List<Work> works,
      List<Integer> batches,
      double seconds,
      List<Entry> entries) {}

  /**
   * A contender with so many threads.
   *
   * @param contender who
   * @param threads how many
   */
  record Entry(Contender contender, int threads) {}

  private void add(Map<String, String> known, Contender contender, int threads, int round) {
    log.flush();
    List<Pace> measured;
    try {
      measured = contender.measure(threads);
    } catch (IllegalStateException | UncheckedIOException e) {
      failures.add(contender.name() + ": " + e.getMessage());
      log.println("failed: " + e.getMessage());
      return;
    }
    for (Pace pace : measured) {
      Map<String, String> labels = new LinkedHashMap<>(known);
      labels.put(WORK, pace.work());
      labels.put(BATCH, Integer.toString(pace.batch()));
      labels.put(CONTENDER, contender.name());
      labels.put(Label.SEED, Integer.toString(round));
      records.add(
          new RunRecord("engine", labels, "", Map.of(), contender.name(), pace.values(), Map.of()));
    }
  }
}
