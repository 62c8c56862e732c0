package io.chartflow.bench.pipeline;

import io.chartflow.bench.pipeline.Delays.Quantiles;
import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.local.cluster.LocalFlink;
import java.time.Duration;

/** From the time at which an event was due to be produced to that at which its density was read. */
final class Delay {

  /**
   * Of each run, at the same rate: connections, compiled code, a steady beat of the micro-batches.
   */
  private static final Duration WARMUP = Duration.ofSeconds(5);

  /** Events that go ahead of them, in a second: the job is there when they have come back. */
  private static final int FIRST = 1000;

  private Delay() {}

  /**
   * Runs the score job while events come at a rate. The old generation is cleared before: it is
   * full of what earlier measurements left, and a full collection holds everything up for 0.3 s.
   */
  static Quantiles measure(
      LocalFlink flink, ChartflowConfig config, Written events, double rate, Duration time) {
    System.gc();
    Delays delays = new Delays((int) (FIRST + rate * WARMUP.plus(time).toSeconds()));
    try (Jobs jobs = new Jobs(flink, config);
        Reader reader = new Reader(config, delays)) {
      jobs.score(null);
      Feed feed = new Feed(config, events);
      long first = feed.paced(FIRST, Duration.ofSeconds(1));
      jobs.await(
          () -> reader.count() >= first, () -> first + " densities, " + reader.count() + " came");
      long sent = first + feed.paced(rate, WARMUP.plus(time));
      jobs.await(
          () -> reader.count() >= sent, () -> sent + " densities, " + reader.count() + " came");
      reader.close();
      return delays.after((int) (first + rate * WARMUP.toSeconds()));
    }
  }
}
