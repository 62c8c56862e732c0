package io.chartflow.model.engine;

import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * A thread that takes part in the parallel passes of one other thread. A step of learning has some
 * ten of them, often shorter than it takes to wake a thread; so both look for a while before they
 * sleep. While a step lasts this one does not sleep, but lets whoever wants it have its core: where
 * a processor that sleeps is given to another machine, it takes a tenth of a millisecond to come
 * back. With a pool of the library two workers learned batches of 1,024 at 1.36 times the rate of
 * one, and when both slept between passes, at 1.65 to 1.75 times.
 */
final class Worker {

  /** Whether one thread can do anything while another looks. */
  private static final boolean LOOKING = Runtime.getRuntime().availableProcessors() > 1;

  /** Looks before it sleeps or gives way, some tens of microseconds. */
  private static final int LOOKS = LOOKING ? 2_000 : 0;

  private final IntConsumer share;
  private final Thread thread;
  private volatile int begun;
  private volatile boolean awake;
  private volatile boolean closed;

  /** A thread that does {@code share} of each pass, whose number it is given; it must not throw. */
  Worker(IntConsumer share) {
    this.share = share;
    this.thread = new Thread(this::work, JvmEngine.THREAD);
    thread.setDaemon(true);
    thread.start();
  }

  /** Lets it take part in a pass. */
  void begin(int pass) {
    begun = pass;
    LockSupport.unpark(thread);
  }

  /** Does not sleep from now on until it is told that it may. */
  void stayAwake() {
    awake = LOOKING;
    LockSupport.unpark(thread);
  }

  void maySleep() {
    awake = false;
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
        if (awake && looks >= LOOKS) {
          Thread.yield();
        } else {
          pause(looks);
        }
      }
      seen = begun;
      share.accept(seen);
    }
  }

  /**
   * Waits a little after so many looks, and from some on until this thread is unparked: whom it
   * waits for may wait for a core itself, and has this one's.
   */
  static void pause(int looks) {
    if (looks < LOOKS) {
      Thread.onSpinWait();
    } else {
      LockSupport.park();
    }
  }
}
