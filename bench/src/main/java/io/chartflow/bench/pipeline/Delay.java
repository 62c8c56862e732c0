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

  private Delay() {}

  /** Runs the score job while events come at a rate. */
  static Quantiles measure(
      LocalFlink flink, ChartflowConfig config, Written events, double rate, Duration time) {
    try (Jobs jobs = new Jobs(flink, config);
        Reader reader = new Reader(config, true)) {
      jobs.score(null);
      Feed feed = new Feed(config, events);
      long first = feed.paced(1000, Duration.ofSeconds(1));
      jobs.await(
          () -> reader.count() >= first, () -> first + " densities, " + reader.count() + " came");
      long sent = first + feed.paced(rate, WARMUP.plus(time));
      jobs.await(
          () -> reader.count() >= sent, () -> sent + " densities, " + reader.count() + " came");
      reader.close();
      return reader.delays().after((int) (first + rate * WARMUP.toSeconds()));
    }
  }
}
