package io.chartflow.bench.engine;

import io.chartflow.bench.experiment.Json;
import io.chartflow.model.engine.AtlasScorer;
import io.chartflow.model.engine.AtlasTrainer;
import io.chartflow.model.engine.DensitySum;
import io.chartflow.model.engine.EventBatch;
import io.chartflow.model.engine.JvmEngine;
import io.chartflow.model.engine.ScoreBatch;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Our own contender: the process that a {@link Trial} runs in. Prints one line of JSON. */
final class EngineTrial {

  /** The machine's code is compiled while it runs, so the first measurement warms up for longer. */
  private static final double FIRST_WARM_UP = 6;

  private static final double WARM_UP = 1;

  /**
   * A warm-up goes on, second by second, while a step allocates more than this: until code is
   * compiled its vectors are objects, and where a step takes long it is called seldom.
   */
  private static final long COMPILED_BYTES = 16_384;

  /**
   * It also goes on while compilers take more than this of a second: they run beside the first
   * worker but take a core from the second, and a stream runs far longer than they do.
   */
  private static final long COMPILING_MILLIS = 20;

  /** Seconds of a warm-up after which what is not compiled is measured as it is. */
  private static final double MOST_WARM_UP = 60;

  private final Trial trial;
  private final Prepared prepared;

  private EngineTrial(Trial trial) {
    this.trial = trial;
    this.prepared = new Prepared(trial.shape(), trial.folder());
  }

  /** Runs the trial that the words say. */
  public static void main(String[] words) {
    EngineTrial trial = new EngineTrial(Trial.parse(words));
    List<Pace> paces = new ArrayList<>();
    for (Work work : trial.trial.works()) {
      for (int batch : trial.trial.batches()) {
        double warmUp = paces.isEmpty() ? FIRST_WARM_UP : WARM_UP;
        paces.add(work == Work.TRAIN ? trial.train(batch, warmUp) : trial.score(batch, warmUp));
      }
    }
    System.out.println(Json.write(paces).replace('\n', ' '));
  }

  private Pace train(int size, double warmUp) {
    List<EventBatch> batches = prepared.batches(size);
    try (AtlasTrainer trainer = new JvmEngine(trial.threads()).trainer(prepared.state())) {
      return pace(Work.TRAIN, size, warmUp, i -> trainer.train(batches.get(i % batches.size())));
    }
  }

  private Pace score(int size, double warmUp) {
    List<EventBatch> batches = prepared.batches(size);
    ScoreBatch scores = new ScoreBatch();
    JvmEngine engine = new JvmEngine(trial.threads());
    try (AtlasScorer scorer = engine.scorer(prepared.atlas(), DensitySum.TRUNCATED)) {
      Pace pace =
          pace(
              Work.SCORE, size, warmUp, i -> scorer.score(batches.get(i % batches.size()), scores));
      double pairs = IntStream.range(0, size).map(scores::posteriorSize).sum();
      pace.values().put(Pace.CHARTS, pairs / size);
      return pace;
    }
  }

  private interface Step {
    void run(int index);
  }

  private Pace pace(Work work, int batch, double warmUp, Step step) {
    warmUp(warmUp, step);
    int steps = trial.shape().steps(work, batch, trial.seconds(), Trial.STRETCHES);
    int stretch = steps / Trial.STRETCHES;
    double[] rates = new double[Trial.STRETCHES];
    Heap heap = new Heap();
    for (int s = 0; s < rates.length; s++) {
      long began = System.nanoTime();
      for (int i = 0; i < stretch; i++) {
        step.run(s * stretch + i);
      }
      rates[s] = 1e9 * stretch * batch / (System.nanoTime() - began);
    }
    double bytes = (double) heap.allocated() / steps;
    Arrays.sort(rates);
    Map<String, Double> values = new LinkedHashMap<>();
    values.put(Pace.ROWS, rates[rates.length / 2]);
    values.put(Pace.BYTES, bytes);
    return new Pace(work.text(), batch, values);
  }

  private static void warmUp(double seconds, Step step) {
    long began = System.nanoTime();
    double goesOnUntil = seconds;
    boolean compiled = false;
    for (int i = 0; !compiled && secondsSince(began) < MOST_WARM_UP; goesOnUntil++) {
      Heap heap = new Heap();
      long compiling = compilingMillis();
      int first = i;
      for (; i < first + 3 || secondsSince(began) < goesOnUntil; i++) {
        step.run(i);
      }
      compiled =
          heap.allocated() <= COMPILED_BYTES * (i - first)
              && compilingMillis() - compiling <= COMPILING_MILLIS;
    }
  }

  private static long compilingMillis() {
    return ManagementFactory.getCompilationMXBean().getTotalCompilationTime();
  }

  private static double secondsSince(long began) {
    return (System.nanoTime() - began) / 1e9;
  }
}
