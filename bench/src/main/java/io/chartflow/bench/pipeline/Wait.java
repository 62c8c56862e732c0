package io.chartflow.bench.pipeline;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting, with an end to the patience. */
final class Wait {

  private static final long LOOK_NANOS = 2_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private Wait() {}

  /**
   * Returns when {@code done}.
   *
   * @param what told if it does not come
   * @throws IllegalStateException if it does not come within two minutes
   */
  static void until(BooleanSupplier done, Supplier<String> what) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("waited " + PATIENCE.toSeconds() + " s for " + what.get());
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
