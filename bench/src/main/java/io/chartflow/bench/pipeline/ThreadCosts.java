package io.chartflow.bench.pipeline;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * What the threads of this process have cost by now: processor time, and bytes that they allocated,
 * by whom they work for. A thread that has ended is told by the process's time alone.
 */
final class ThreadCosts {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final Map<Long, Cost> byThread;
  private final long wall;
  private final long process;

  private ThreadCosts(Map<Long, Cost> byThread, long wall, long process) {
    this.byThread = byThread;
    this.wall = wall;
    this.process = process;
  }

  /** Of this moment. */
  static ThreadCosts now() {
    Map<Long, Cost> costs = new HashMap<>();
    long[] ids = THREADS.getAllThreadIds();
    long[] bytes = THREADS.getThreadAllocatedBytes(ids);
    long[] nanos = THREADS.getThreadCpuTime(ids);
    ThreadInfo[] infos = THREADS.getThreadInfo(ids);
    for (int i = 0; i < ids.length; i++) {
      if (infos[i] != null) {
        costs.put(ids[i], new Cost(ThreadPart.of(infos[i].getThreadName()), nanos[i], bytes[i]));
      }
    }
    return new ThreadCosts(costs, System.nanoTime(), PROCESS.getProcessCpuTime());
  }

  /** What was added from then to now. */
  Spent since(ThreadCosts then) {
    Map<ThreadPart, Double> seconds = new EnumMap<>(ThreadPart.class);
    Map<ThreadPart, Double> megabytes = new EnumMap<>(ThreadPart.class);
    double told = 0;
    for (Map.Entry<Long, Cost> each : byThread.entrySet()) {
      Cost now = each.getValue();
      Cost before = then.byThread.getOrDefault(each.getKey(), new Cost(now.part, 0, 0));
      double cpu = (now.nanos - before.nanos) * 1e-9;
      told += cpu;
      seconds.merge(now.part, cpu, Double::sum);
      megabytes.merge(now.part, (now.bytes - before.bytes) * 1e-6, Double::sum);
    }
    double all = (process - then.process) * 1e-9;
    seconds.put(ThreadPart.VIRTUAL_MACHINE, Math.max(0, all - told));
    return new Spent((wall - then.wall) * 1e-9, all, seconds, megabytes);
  }

  private record Cost(ThreadPart part, long nanos, long bytes) {}

  /**
   * Costs of a span of time.
   *
   * @param seconds that went by
   * @param cpuSeconds of the whole process
   * @param cpu seconds by part
   * @param megabytes allocated by part, in millions of bytes
   */
  record Spent(
      double seconds,
      double cpuSeconds,
      Map<ThreadPart, Double> cpu,
      Map<ThreadPart, Double> megabytes) {

    /** Copies the maps. */
    Spent {
      cpu = Map.copyOf(cpu);
      megabytes = Map.copyOf(megabytes);
    }

    /** Processor time of a part for each of so many events, in microseconds. */
    double cpuMicros(ThreadPart part, long events) {
      return cpu.getOrDefault(part, 0.0) * 1e6 / events;
    }

    /** Bytes that a part allocated for each of so many events; NaN where nobody counts them. */
    double bytes(ThreadPart part, long events) {
      return megabytes.getOrDefault(part, Double.NaN) * 1e6 / events;
    }
  }
}
