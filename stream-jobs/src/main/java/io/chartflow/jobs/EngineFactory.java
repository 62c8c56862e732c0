package io.chartflow.jobs;

import io.chartflow.model.engine.AtlasEngine;
import io.chartflow.model.engine.JvmEngine;
import java.io.Serializable;

/**
 * Makes the engine of a task, in the task: engines are live objects and do not travel, this does.
 */
@FunctionalInterface
public interface EngineFactory extends Serializable {

  /** A fresh engine. */
  AtlasEngine create();

  /**
   * The JVM engine with one worker: where tasks share the work, Flink's parallelism is the number
   * of workers, and a task that used more threads than its slot would take them from its
   * neighbours.
   */
  static EngineFactory jvm() {
    return jvm(1);
  }

  /** The JVM engine with so many threads, the task's own included. */
  static EngineFactory jvm(int workers) {
    return () -> new JvmEngine(workers);
  }
}
