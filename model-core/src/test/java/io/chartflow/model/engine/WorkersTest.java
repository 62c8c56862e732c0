package io.chartflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
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

  @Test
  void aPassThatFailedIsFollowedByOneThatDoesNot() {
    try (Workers workers = new Workers(3)) {
      AtomicIntegerArray runs = new AtomicIntegerArray(Workers.LANES);
      assertThatThrownBy(() -> workers.run(WorkersTest::failInLaneOne))
          .isInstanceOf(IllegalStateException.class);
      workers.run(runs::incrementAndGet);
      assertThat(runs).hasToString("[1, 1, 1, 1]");
    }
  }

  @Test
  void whatOnePassWroteTheNextOneReads() {
    int[] counts = new int[Workers.LANES];
    try (Workers workers = new Workers(4)) {
      for (int pass = 0; pass < 20_000; pass++) {
        int before = pass;
        workers.run(
            lane -> {
              int neighbour = counts[(lane + 1) % Workers.LANES];
              if (neighbour != before && neighbour != before + 1) {
                throw new IllegalStateException("a lane of pass " + before + " saw " + neighbour);
              }
              counts[lane]++;
            });
      }
    }
    assertThat(counts).containsOnly(20_000);
  }

  @Test
  void noPassIsLostWhereStepsBeginAndEnd() {
    AtomicIntegerArray runs = new AtomicIntegerArray(Workers.LANES);
    int steps = 2_000;
    try (Workers workers = new Workers(2)) {
      for (int step = 0; step < steps; step++) {
        workers.beginStep();
        workers.run(runs::incrementAndGet);
        workers.run(runs::incrementAndGet);
        workers.endStep();
        workers.run(runs::incrementAndGet); // of no step
      }
    }
    for (int lane = 0; lane < Workers.LANES; lane++) {
      assertThat(runs.get(lane)).isEqualTo(3 * steps);
    }
  }

  @Test
  void aLaneThatNobodyHasBegunIsTakenByWhoeverIsFree() {
    CountDownLatch theOthers = new CountDownLatch(Workers.LANES - 1);
    try (Workers workers = new Workers(2)) {
      workers.run(
          lane -> {
            if (lane == 1) { // its thread has lane 3 as well
              await(theOthers);
            } else {
              theOthers.countDown();
            }
          });
    }
    assertThat(theOthers.getCount()).isZero();
  }

  @Test
  void noLaneOutlivesItsPassThoughItsCallerFailsOrIsInterrupted() {
    AtomicIntegerArray ended = new AtomicIntegerArray(Workers.LANES);
    CountDownLatch callerIsThere = new CountDownLatch(1);
    try (Workers workers = new Workers(2)) {
      assertThatThrownBy(
              () ->
                  workers.run(
                      lane -> {
                        if (lane == 0) {
                          Thread.currentThread().interrupt();
                          callerIsThere.countDown();
                          throw new IllegalArgumentException("the caller's own");
                        }
                        await(callerIsThere);
                        ended.incrementAndGet(lane);
                      }))
          .hasMessage("the caller's own");
      assertThat(Thread.interrupted()).isTrue();
      assertThat(ended.get(1)).isEqualTo(1);
      assertThat(ended.get(3)).isEqualTo(1);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a worker", e);
    }
  }

  private static void failInLaneOne(int lane) {
    if (lane == 1) {
      throw new IllegalArgumentException("lane one");
    }
  }
}
