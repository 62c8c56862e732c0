package io.chartflow.model.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/**
 * Runs a fixed number of lanes on one or more threads. What a lane does must not depend on which
 * thread runs it; results are then the same for every number of workers.
 */
final class Workers implements AutoCloseable {

  /** Lanes of every parallel step: more than this many workers bring nothing. */
  static final int LANES = 4;

  private final List<ExecutorService> pool = new ArrayList<>(1);
  private final int workers;

  Workers(int workers) {
    if (workers < 1) {
      throw new IllegalArgumentException("workers must be at least 1, got " + workers);
    }
    this.workers = Math.min(workers, LANES);
    if (this.workers > 1) {
      pool.add(Executors.newFixedThreadPool(this.workers - 1, Workers::daemon));
    }
  }

  private static Thread daemon(Runnable body) {
    Thread thread = new Thread(body, "chartflow-engine");
    thread.setDaemon(true);
    return thread;
  }

  /** Runs {@code body} for every lane and returns when all are done. */
  void run(IntConsumer body) {
    List<Future<?>> others = new ArrayList<>(workers);
    for (int w = 1; w < workers; w++) {
      int first = w;
      others.add(pool.get(0).submit(() -> runLanes(first, body)));
    }
    runLanes(0, body);
    for (Future<?> other : others) {
      await(other);
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

  private static void await(Future<?> task) {
    try {
      task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while an engine's worker was at work", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("an engine's worker failed: " + e.getCause(), e.getCause());
    }
  }

  @Override
  public void close() {
    pool.forEach(ExecutorService::shutdownNow);
  }
}
