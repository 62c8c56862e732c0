package io.chartflow.bench.engine;

import io.chartflow.bench.experiment.Json;
import io.chartflow.model.engine.AtlasScorer;
import io.chartflow.model.engine.AtlasTrainer;
import io.chartflow.model.engine.DensitySum;
import io.chartflow.model.engine.EventBatch;
import io.chartflow.model.engine.JvmEngine;
import io.chartflow.model.engine.ScoreBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Our own contender: the process that a {@link Trial} runs in. Prints one line of JSON. */
final class EngineTrial {

  /** The machine's code is compiled while it runs, so the first measurement warms up for longer. */
  private static final double FIRST_WARM_UP = 6;

  private static final double WARM_UP = 1;

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

  private Pace pace(Work work, int batch, double warmUp, IntConsumer step) {
    WarmUp.run(warmUp, step);
    int steps = trial.shape().steps(work, batch, trial.seconds(), Trial.STRETCHES);
    int stretch = steps / Trial.STRETCHES;
    double[] rates = new double[Trial.STRETCHES];
    Heap heap = new Heap();
    for (int s = 0; s < rates.length; s++) {
      long began = System.nanoTime();
      for (int i = 0; i < stretch; i++) {
        step.accept(s * stretch + i);
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
}
