package io.chartflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class WorkersTest {

  @Test
  void everyLaneRunsOnce() {
    for (int threads = 1; threads <= 6; threads++) {
      AtomicIntegerArray runs = new AtomicIntegerArray(Workers.LANES);
      try (Workers workers = new Workers(threads)) {
        workers.run(runs::incrementAndGet);
      }
      for (int lane = 0; lane < Workers.LANES; lane++) {
        assertThat(runs.get(lane)).as("lane %d of %d threads", lane, threads).isEqualTo(1);
      }
    }
  }

  @Test
  void aFailureOfAnotherThreadReachesTheCaller() {
    try (Workers workers = new Workers(2)) {
      assertThatThrownBy(() -> workers.run(WorkersTest::failInLaneOne))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("lane one");
    }
  }

  private static void failInLaneOne(int lane) {
    if (lane == 1) {
      throw new IllegalArgumentException("lane one");
    }
  }
}
