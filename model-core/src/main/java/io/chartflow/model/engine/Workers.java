package io.chartflow.model.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Runs a fixed number of lanes on one or more threads. What a lane does must not depend on which
 * thread runs it; results are then the same for every number of workers.
 */
final class Workers implements AutoCloseable {

  /** Lanes of every parallel step: more than this many workers bring nothing. */
  static final int LANES = 4;

  private final List<Worker> others = new ArrayList<>();
  private final int workers;

  Workers(int workers) {
    if (workers < 1) {
      throw new IllegalArgumentException("workers must be at least 1, got " + workers);
    }
    this.workers = Math.min(workers, LANES);
    for (int w = 1; w < this.workers; w++) {
      int first = w;
      others.add(new Worker(body -> runLanes(first, body)));
    }
  }

  /**
   * Runs {@code body} for every lane and returns when all are done.
   *
   * @throws IllegalStateException if a lane of another thread failed
   */
  void run(IntConsumer body) {
    for (Worker other : others) {
      other.begin(body);
    }
    try {
      runLanes(0, body);
    } finally { // no lane outlives the call
      for (Worker other : others) {
        other.await();
      }
    }
    for (Worker other : others) {
      other.rethrow();
    }
  }

  /**
   * Where lane {@code lane}'s part of {@code size} elements begins, and the part before it ends.
   */
  static int partFrom(int size, int lane) {
    return (int) ((long) size * lane / LANES);
  }

  private void runLanes(int first, IntConsumer body) {
    for (int lane = first; lane < LANES; lane += workers) {
      body.accept(lane);
    }
  }

  @Override
  public void close() {
    others.forEach(Worker::close);
  }
}
