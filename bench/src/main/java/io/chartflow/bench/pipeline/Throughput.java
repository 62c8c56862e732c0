package io.chartflow.bench.pipeline;

import io.chartflow.bench.pipeline.ThreadCosts.Spent;
import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.config.Delivery;
import io.chartflow.local.cluster.LocalFlink;
import io.chartflow.local.cluster.LocalFlink.FinishedCheckpoint;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.execution.JobClient;

/**
 * Events a second through the jobs, from events that lie in Kafka to densities that were read back.
 * Where they show at once, they are counted when they are read; what is written exactly once shows
 * checkpoint by checkpoint, so there the tasks' own counts are taken, and the run ends when all was
 * read.
 *
 * @param eventsPerSecond in the steady state
 * @param events that were done while {@code spent} was
 * @param spent from the share on at which the steady state begins, to the end
 * @param checkpoints of the jobs
 */
record Throughput(
    double eventsPerSecond, long events, Spent spent, List<FinishedCheckpoint> checkpoints) {

  /** Share of the events from which on scoring is steady: connections stand, code is compiled. */
  private static final double SCORING_IS_STEADY = 0.1;

  /** The same for learning, whose first 110,000 events fit features and place charts only. */
  private static final double LEARNING_IS_STEADY = 0.25;

  /** Copies the checkpoints. */
  Throughput {
    checkpoints = List.copyOf(checkpoints);
  }

  /** Runs the score job over the events of the topic; the rate is that of {@link Marks#rate}. */
  static Throughput scoring(LocalFlink flink, ChartflowConfig config, long events) {
    try (Jobs jobs = new Jobs(flink, config);
        Reader reader = new Reader(config)) {
      JobClient score = jobs.score(null);
      Marks done = new Marks();
      awaitScored(jobs, done, SCORING_IS_STEADY * events);
      ThreadCosts before = ThreadCosts.now();
      long first = done.last();
      awaitScored(jobs, done, (double) events);
      jobs.await(() -> reader.count() >= events, () -> events + " densities to read back");
      Spent spent = ThreadCosts.now().since(before);
      List<FinishedCheckpoint> checkpoints = jobs.checkpoints(score);
      reader.close();
      boolean atOnce = config.scoring().delivery() == Delivery.AT_LEAST_ONCE;
      double rate = (atOnce ? reader.marks() : done).rate(SCORING_IS_STEADY);
      return new Throughput(rate, events - first, spent, checkpoints);
    }
  }

  /**
   * Runs the train job over the events of the topic, and from a share of them on the score job over
   * the rest of them. What counts are the events that both were done with between the moment at
   * which the second job was submitted and that at which the slower one was done: whichever runs
   * ahead of the other has done none of this work before, and leaves none for later.
   *
   * @param events that lie there, a multiple of the training batch
   */
  static Throughput learning(LocalFlink flink, ChartflowConfig config, long events) {
    long skipped = Feed.wholeRounds(config, LEARNING_IS_STEADY * events);
    try (Jobs jobs = new Jobs(flink, config);
        Reader reader = new Reader(config)) {
      jobs.beginScoringAt(skipped);
      JobClient train = jobs.train();
      jobs.await(() -> jobs.learned() >= skipped, () -> skipped + " events to be learned");
      ThreadCosts before = ThreadCosts.now();
      long both = events - jobs.learned();
      JobClient score = jobs.score(null);
      jobs.await(
          () -> jobs.learned() >= events && jobs.scored() >= events - skipped,
          () -> "%d learned, %d scored".formatted(jobs.learned(), jobs.scored()));
      Spent spent = ThreadCosts.now().since(before);
      jobs.await(() -> reader.count() >= events - skipped, () -> "densities to read back");
      List<FinishedCheckpoint> checkpoints = new ArrayList<>(jobs.checkpoints(score));
      checkpoints.addAll(jobs.checkpoints(train));
      return new Throughput(both / spent.seconds(), both, spent, checkpoints);
    }
  }

  private static void awaitScored(Jobs jobs, Marks done, double count) {
    jobs.await(
        () -> {
          done.add(System.nanoTime(), jobs.scored() - done.last());
          return done.last() >= count;
        },
        () -> count + " densities, " + done.last() + " were made");
  }
}
