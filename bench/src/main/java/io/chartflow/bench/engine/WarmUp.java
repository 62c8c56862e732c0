package io.chartflow.bench.engine;

import java.lang.management.ManagementFactory;
import java.util.function.IntConsumer;

/**
 * What goes before a measurement: steps until the machine's code is compiled. It takes the seconds
 * that it is given, and then goes on second by second
 *
 * <ul>
 *   <li>while a step allocates more than {@value #COMPILED_BYTES} bytes: until code is compiled its
 *       vectors are objects, and where a step takes long it is called seldom;
 *   <li>while compilers take more than {@value #COMPILING_MILLIS} ms of a second: they run beside
 *       the first worker but take a core from the second, and a stream runs far longer than they
 *       do.
 * </ul>
 *
 * After {@value #MOST} seconds what is not compiled is measured as it is.
 */
final class WarmUp {

  private static final long COMPILED_BYTES = 16_384;
  private static final long COMPILING_MILLIS = 20;
  private static final double MOST = 60;

  private WarmUp() {}

  /** Runs {@code step}, given 0, 1, 2 and so on, for at least so many seconds. */
  static void run(double seconds, IntConsumer step) {
    long began = System.nanoTime();
    double goesOnUntil = seconds;
    boolean compiled = false;
    for (int i = 0; !compiled && secondsSince(began) < MOST; goesOnUntil++) {
      Heap heap = new Heap();
      long compiling = compilingMillis();
      int first = i;
      for (; i < first + 3 || secondsSince(began) < goesOnUntil; i++) {
        step.accept(i);
      }
      compiled =
          heap.allocated() <= COMPILED_BYTES * (i - first)
              && compilingMillis() - compiling <= COMPILING_MILLIS;
    }
  }

  private static long compilingMillis() {
    return ManagementFactory.getCompilationMXBean().getTotalCompilationTime();
  }

  private static double secondsSince(long began) {
    return (System.nanoTime() - began) / 1e9;
  }
}
