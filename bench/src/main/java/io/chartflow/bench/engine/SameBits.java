package io.chartflow.bench.engine;

import io.chartflow.model.codec.TrainerStateCodec;
import io.chartflow.model.engine.AtlasScorer;
import io.chartflow.model.engine.AtlasTrainer;
import io.chartflow.model.engine.DensitySum;
import io.chartflow.model.engine.EventBatch;
import io.chartflow.model.engine.JvmEngine;
import io.chartflow.model.engine.ScoreBatch;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Whether learning and scoring give the same bits however many threads share the work. */
final class SameBits {

  private static final int BATCH = 1024;
  private static final int STEPS = 20;

  private SameBits() {}

  /** Whether 1, 2 and 4 workers agree in every bit of the learned state and of all densities. */
  static boolean hold(Prepared prepared) {
    List<byte[]> states = Stream.of(1, 2, 4).map(workers -> learned(prepared, workers)).toList();
    List<double[]> scores = Stream.of(1, 2, 4).map(workers -> scored(prepared, workers)).toList();
    return states.stream().allMatch(state -> Arrays.equals(state, states.get(0)))
        && scores.stream().allMatch(score -> Arrays.equals(score, scores.get(0)));
  }

  private static byte[] learned(Prepared prepared, int workers) {
    List<EventBatch> batches = prepared.batches(BATCH);
    try (AtlasTrainer trainer = new JvmEngine(workers).trainer(prepared.state())) {
      for (int step = 0; step < STEPS; step++) {
        trainer.train(batches.get(step % batches.size()));
      }
      return TrainerStateCodec.encode(trainer.snapshot());
    }
  }

  private static double[] scored(Prepared prepared, int workers) {
    JvmEngine engine = new JvmEngine(workers);
    ScoreBatch scores = new ScoreBatch();
    try (AtlasScorer scorer = engine.scorer(prepared.atlas(), DensitySum.TRUNCATED)) {
      scorer.score(prepared.batches(BATCH).get(0), scores);
    }
    double[] values = new double[scores.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = scores.logDensity(i);
    }
    return values;
  }
}
