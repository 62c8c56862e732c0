package io.chartflow.bench.report;

import io.chartflow.model.engine.JvmEngine;

/**
 * What the runs were made on.
 *
 * @param cores of the machine
 * @param jvm name and version
 * @param engine and its kernels
 */
public record Machine(int cores, String jvm, String engine) {

  /** This machine. */
  public static Machine here() {
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        new JvmEngine(1).description());
  }

  /** One sentence. */
  public String sentence() {
    return cores + " cores, " + jvm + ", engine " + engine + ".";
  }
}
