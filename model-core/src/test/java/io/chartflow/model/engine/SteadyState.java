package io.chartflow.model.engine;

import com.sun.management.ThreadMXBean;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.ChartsConfig;
import io.chartflow.model.config.EmbeddingConfig;
import io.chartflow.model.config.FlowConfig;
import io.chartflow.model.random.SplitMix;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * The process of {@link SteadyStateTest}: learns, then scores, until a round of steps makes no
 * object: by then the machine's code is compiled. Prints the bytes of a round of learning and of
 * one of scoring, the best one's.
 */
final class SteadyState {

  /** More than a tile, in the last of which there are few. */
  private static final int BATCH = 300;

  /** One tile, whose products threads share. */
  private static final int FEW = 60;

  private static final int STEPS_OF_A_ROUND = 64;
  private static final int MOST_ROUNDS = 96;

  private SteadyState() {}

  /** A model. */
  public static void main(String[] words) {
    boolean shared = words[0].equals("shared");
    AtlasEngine engine = new JvmEngine(shared ? 2 : 1);
    int rows = shared ? FEW : BATCH;
    AtlasConfig config = config(words[0]);
    SplitMix random = new SplitMix(55);
    List<EventBatch> batches =
        IntStream.range(0, 8).mapToObj(i -> batch(config, rows, random)).toList();
    try (AtlasTrainer trainer = engine.trainer(config)) {
      while (!trainer.isReady()) {
        trainer.train(batch(config, BATCH, random));
      }
      System.out.println(leastBytes(i -> trainer.train(batches.get(i % batches.size()))));
      ScoreBatch scores = new ScoreBatch();
      try (AtlasScorer scorer = engine.scorer(Small.atlas(trainer), DensitySum.TRUNCATED)) {
        System.out.println(leastBytes(i -> scorer.score(batches.get(i % batches.size()), scores)));
      }
    }
  }

  private static AtlasConfig config(String model) {
    return switch (model) {
      case "small" -> Small.config(2).withCharts(new ChartsConfig(Small.BATCH, 2, 0.1));
      case "sampled" -> Small.config(2).withTraining(LearningVariantsTest.sampled());
      case "embedded" -> Small.config(3).withEmbedding(new EmbeddingConfig(2, 0.7, 3));
      case "usual" -> AtlasConfig.defaults(3);
      case "wide", "shared" -> Small.config(64).withFlow(FlowConfig.realNvp(3, 256, 3.0));
      default -> throw new IllegalArgumentException("no model " + model);
    };
  }

  private static EventBatch batch(AtlasConfig config, int rows, SplitMix random) {
    return config.dimension() == 2
        ? Small.ring(rows, random)
        : Small.curve(config.dimension(), rows, random);
  }

  private static long leastBytes(IntConsumer step) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < MOST_ROUNDS && least > 0; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < STEPS_OF_A_ROUND; i++) {
        step.accept(round * STEPS_OF_A_ROUND + i);
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }
}
