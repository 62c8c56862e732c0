package io.chartflow.model.engine;

import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * A thread that takes part in the parallel passes of one other thread. A step of learning has some
 * ten of them, often shorter than it takes to wake a thread; so both look for a while before they
 * sleep. With a pool of the library two workers learned batches of 1,024 at 1.36 times the rate of
 * one.
 */
final class Worker {

  /** Looks before sleep, some tens of microseconds; none where there is but one processor. */
  private static final int LOOKS = Runtime.getRuntime().availableProcessors() > 1 ? 2_000 : 0;

  private final Consumer<IntConsumer> share;
  private final Thread thread;
  private volatile int begun;
  private volatile int ended;
  private volatile boolean closed;
  private IntConsumer body = lane -> {};
  private Thread caller = Thread.currentThread();
  private Optional<Throwable> failure = Optional.empty();

  /** A thread that does {@code share} of each pass. */
  Worker(Consumer<IntConsumer> share) {
    this.share = share;
    this.thread = new Thread(this::work, JvmEngine.THREAD);
    thread.setDaemon(true);
    thread.start();
  }

  /** Begins its share of a pass; {@link #await} must follow. */
  void begin(IntConsumer pass) {
    body = pass;
    caller = Thread.currentThread();
    int next = begun + 1;
    begun = next; // publishes what was written before it
    LockSupport.unpark(thread);
  }

  /** Waits for the share, even if this thread is interrupted: passes are short. */
  void await() {
    for (int looks = 0; ended != begun; looks++) {
      pause(looks);
    }
  }

  /** Throws what the last share failed with, if it did. */
  void rethrow() {
    if (failure.isPresent()) {
      Throwable cause = failure.get();
      throw new IllegalStateException("an engine's worker failed: " + cause, cause);
    }
  }

  void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  private void work() {
    int seen = 0;
    while (true) {
      for (int looks = 0; begun == seen; looks++) {
        if (closed) {
          return;
        }
        pause(looks);
      }
      seen = begun;
      failure = share();
      ended = seen; // publishes the results
      LockSupport.unpark(caller);
    }
  }

  private Optional<Throwable> share() {
    try {
      share.accept(body);
      return Optional.empty();
    } catch (Throwable e) { // whatever it is, the caller throws it
      return Optional.of(e);
    }
  }

  private void pause(int looks) {
    if (looks < LOOKS) {
      Thread.onSpinWait();
    } else {
      LockSupport.park(this);
    }
  }
}
