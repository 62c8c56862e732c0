package io.chartflow.bench.pipeline;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.local.cluster.LocalFlink;
import org.apache.flink.core.execution.JobClient;

/**
 * What a score job that is moved costs.
 *
 * @param stopMillis from the order to stop until the savepoint is kept and the job has ended
 * @param restoreMillis from the submission with that savepoint to the first density that was read
 */
record Restore(double stopMillis, double restoreMillis) {

  /** Stops the score job in the middle of the events and goes on from its savepoint. */
  static Restore measure(LocalFlink flink, ChartflowConfig config, long events) {
    try (Jobs jobs = new Jobs(flink, config);
        Reader reader = new Reader(config)) {
      JobClient job = jobs.score(null);
      jobs.await(() -> reader.count() > events / 4, () -> "a quarter of the densities");
      long stopping = System.nanoTime();
      String savepoint = jobs.stop(job);
      long stopped = System.nanoTime();
      long before = settled(reader);
      long submitted = System.nanoTime();
      jobs.score(savepoint);
      jobs.await(() -> reader.count() > before, () -> "the first density after the savepoint");
      return new Restore((stopped - stopping) * 1e-6, (System.nanoTime() - submitted) * 1e-6);
    }
  }

  /** All that was written before the stop. */
  private static long settled(Reader reader) {
    long[] seen = {-1, System.nanoTime()};
    Wait.until(
        () -> {
          long now = System.nanoTime();
          if (reader.count() != seen[0]) {
            seen[0] = reader.count();
            seen[1] = now;
          }
          return now - seen[1] > 500_000_000L;
        },
        () -> "the densities before the savepoint");
    return seen[0];
  }
}
