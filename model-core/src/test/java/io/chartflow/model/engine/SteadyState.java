package io.chartflow.model.engine;

import com.sun.management.ThreadMXBean;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.ChartsConfig;
import io.chartflow.model.random.SplitMix;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * The process of {@link SteadyStateTest}: learns, then scores, until a round of steps makes few
 * enough objects: by then the machine's code is compiled. Prints the bytes of a step of learning
 * and of a step of scoring in the best round.
 */
final class SteadyState {

  private static final int BATCH = 512;

  /** Among so many {@code Z_k} is measured at least once. */
  private static final int STEPS_OF_A_ROUND = 256;

  private static final int MOST_ROUNDS = 24;

  private SteadyState() {}

  /** Two words: the bytes of a step of learning and of a step of scoring that are few enough. */
  public static void main(String[] words) {
    AtlasEngine engine = new JvmEngine(1);
    AtlasConfig config = Small.config(2).withCharts(new ChartsConfig(Small.BATCH, 2, 0.1));
    SplitMix random = new SplitMix(55);
    List<EventBatch> batches =
        IntStream.range(0, 8).mapToObj(i -> Small.ring(BATCH, random)).toList();
    try (AtlasTrainer trainer = engine.trainer(config)) {
      long few = Long.parseLong(words[0]);
      System.out.println(leastBytes(few, i -> trainer.train(batches.get(i % batches.size()))));
      ScoreBatch scores = new ScoreBatch();
      try (AtlasScorer scorer = engine.scorer(Small.atlas(trainer), DensitySum.TRUNCATED)) {
        few = Long.parseLong(words[1]);
        System.out.println(
            leastBytes(few, i -> scorer.score(batches.get(i % batches.size()), scores)));
      }
    }
  }

  private static long leastBytes(long few, IntConsumer step) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < MOST_ROUNDS && least >= few; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < STEPS_OF_A_ROUND; i++) {
        step.accept(round * STEPS_OF_A_ROUND + i);
      }
      long bytes = threads.getCurrentThreadAllocatedBytes() - before;
      least = Math.min(least, bytes / STEPS_OF_A_ROUND);
    }
    return least;
  }
}
