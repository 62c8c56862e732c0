package io.chartflow.bench.pipeline;

import io.chartflow.bench.pipeline.ThreadCosts.Spent;
import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.config.Delivery;
import io.chartflow.connect.meter.MeterNames;
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
 * @param eventsPerSecond in the steady state; see {@link Marks#rate}
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

  /**
   * Runs the score job, and the train job where {@code learning}, over the events of the topic.
   *
   * @param events that lie there, a multiple of the training batch
   */
  static Throughput measure(
      LocalFlink flink, ChartflowConfig config, boolean learning, long events) {
    double from = learning ? LEARNING_IS_STEADY : SCORING_IS_STEADY;
    List<JobClient> running = new ArrayList<>();
    try (Jobs jobs = new Jobs(flink, config);
        Reader reader = new Reader(config, false)) {
      running.add(jobs.score(null));
      if (learning) {
        running.add(jobs.train());
      }
      Marks done = new Marks();
      Runnable look =
          () -> {
            long scored = flink.count(MeterNames.SCORER_EVENTS);
            long both =
                learning ? Math.min(scored, flink.count(MeterNames.TRAINER_EVENTS)) : scored;
            done.add(System.nanoTime(), both - done.last());
          };
      awaitShare(jobs, look, done, from * events, events);
      ThreadCosts before = ThreadCosts.now();
      long first = done.last();
      awaitShare(jobs, look, done, (double) events, events);
      jobs.await(() -> reader.count() >= events, () -> events + " densities to read back");
      Spent spent = ThreadCosts.now().since(before);
      List<FinishedCheckpoint> checkpoints = new ArrayList<>();
      running.forEach(job -> checkpoints.addAll(jobs.checkpoints(job)));
      reader.close();
      boolean atOnce = !learning && config.scoring().delivery() == Delivery.AT_LEAST_ONCE;
      double rate = (atOnce ? reader.marks() : done).rate(from);
      return new Throughput(rate, events - first, spent, checkpoints);
    }
  }

  private static void awaitShare(Jobs jobs, Runnable look, Marks done, double share, long events) {
    jobs.await(
        () -> {
          look.run();
          return done.last() >= share;
        },
        () -> share + " of " + events + " events, " + done.last() + " were done");
  }
}
