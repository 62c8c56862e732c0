package io.chartflow.model.engine;

import io.chartflow.model.linalg.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a fixed number of lanes on one or more threads. What a lane does must not depend on which
 * thread runs it; results are then the same for every number of workers.
 *
 * <p>Each thread begins with lanes of its own, whose numbers are in its cache, and then takes those
 * that nobody has begun: one that is late, since the cores have other work, does not hold up a pass
 * that others can do.
 */
final class Workers implements AutoCloseable {

  /** Lanes of every parallel step: more than this many workers bring nothing. */
  static final int LANES = 4;

  private final List<Worker> others = new ArrayList<>();
  private final int workers;

  /** The last pass in which a lane was begun, and how many lanes have ended in all passes. */
  private final AtomicIntegerArray begun = new AtomicIntegerArray(LANES);

  private final AtomicInteger ended = new AtomicInteger();
  private final @Nullable Throwable[] failures = new Throwable[LANES];
  private int pass;
  private IntConsumer body = lane -> {};
  private Thread caller = Thread.currentThread();

  Workers(int workers) {
    if (workers < 1) {
      throw new IllegalArgumentException("workers must be at least 1, got " + workers);
    }
    this.workers = Math.min(workers, LANES);
    for (int w = 1; w < this.workers; w++) {
      int worker = w;
      others.add(new Worker(now -> takePart(worker, now)));
    }
  }

  /**
   * Runs {@code body} for every lane and returns when all are done; none outlives the call.
   *
   * @throws IllegalStateException if a lane failed that is not one of the calling thread
   */
  void run(IntConsumer body) {
    if (others.isEmpty()) {
      for (int lane = 0; lane < LANES; lane++) {
        body.accept(lane);
      }
      return;
    }
    this.body = body;
    caller = Thread.currentThread();
    int now = ++pass;
    for (int w = 0; w < others.size(); w++) { // an iterator would be an object of each pass
      others.get(w).begin(now); // publishes what was written before it
    }
    takePart(0, now);
    for (int looks = 0; ended.get() != now * LANES; looks++) {
      Worker.pause(looks);
    }
    throwFailure();
  }

  /** Several passes follow each other soon: until {@link #endStep} no worker sleeps. */
  void beginStep() {
    for (int w = 0; w < others.size(); w++) {
      others.get(w).stayAwake();
    }
  }

  /** No pass follows soon. */
  void endStep() {
    for (int w = 0; w < others.size(); w++) {
      others.get(w).maySleep();
    }
  }

  /** How many threads there are. */
  int count() {
    return workers;
  }

  /** Kernels that share large products among the workers; for the calling thread, not for lanes. */
  Kernels share(Kernels kernels) {
    return others.isEmpty() ? kernels : new SharedKernels(kernels, this);
  }

  /**
   * Where lane {@code lane}'s part of {@code size} elements begins, and the part before it ends.
   */
  static int partFrom(int size, int lane) {
    return (int) ((long) size * lane / LANES);
  }

  /** Own lanes first, then those that nobody has begun; a thread that failed only ends its own. */
  private void takePart(int worker, int now) {
    boolean well = true;
    for (int lane = worker; lane < LANES; lane += workers) {
      well = take(lane, now, well);
    }
    for (int lane = LANES - 1; lane >= 0 && well; lane--) {
      well = take(lane, now, true);
    }
  }

  /**
   * Runs a lane unless somebody has begun it in this pass. Whoever is late finds all lanes begun,
   * also if the next pass is under way, and so never meets another pass's body.
   */
  private boolean take(int lane, int now, boolean well) {
    if (!begun.compareAndSet(lane, now - 1, now)) {
      return well;
    }
    boolean still = well;
    if (well) {
      try {
        body.accept(lane);
      } catch (Throwable e) { // whatever it is, the caller throws it
        failures[lane] = e;
        still = false;
      }
    }
    if (ended.incrementAndGet() == now * LANES && Thread.currentThread() != caller) {
      LockSupport.unpark(caller);
    }
    return still;
  }

  private void throwFailure() {
    for (int lane = 0; lane < LANES; lane++) {
      Throwable failure = failures[lane];
      if (failure != null) {
        java.util.Arrays.fill(failures, null);
        boolean callers = lane % workers == 0;
        if (callers && failure instanceof RuntimeException own) {
          throw own;
        }
        if (callers && failure instanceof Error own) {
          throw own;
        }
        throw new IllegalStateException("an engine's worker failed: " + failure, failure);
      }
    }
  }

  @Override
  public void close() {
    others.forEach(Worker::close);
  }
}
