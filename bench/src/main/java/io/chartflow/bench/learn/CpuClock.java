package io.chartflow.bench.learn;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Processor time of the calling thread: what other work on the machine does not change. */
final class CpuClock {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final long began = THREADS.getCurrentThreadCpuTime();

  /** Seconds since this was made, on the same thread. */
  double seconds() {
    return (THREADS.getCurrentThreadCpuTime() - began) * 1e-9;
  }
}
