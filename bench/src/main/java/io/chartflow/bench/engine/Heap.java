package io.chartflow.bench.engine;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** What all threads allocate from now on, without what it takes to ask. */
final class Heap {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final long asking;
  private final long before;

  /** Asks twice: the second time tells what the first one made. */
  Heap() {
    long first = soFar();
    this.before = soFar();
    this.asking = before - first;
  }

  /** Bytes since this was made. */
  long allocated() {
    return soFar() - before - asking;
  }

  private static long soFar() {
    return Arrays.stream(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
        .filter(bytes -> bytes > 0)
        .sum();
  }
}
