package io.chartflow.local.demo;

import io.chartflow.local.data.DataSet;
import io.chartflow.model.config.Problems;
import io.chartflow.model.engine.JvmEngine;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a demo is asked to do.
 *
 * @param set the events
 * @param events how many; 0 goes on until stopped
 * @param rate events a second; 0 is as many as the jobs keep up with
 * @param seed of the events and of the model
 * @param charts number of charts; null for the default
 * @param parallelism of the score job
 * @param learnerThreads of the train job
 * @param headless plain lines instead of a block that is drawn again and again
 * @param patience how long nothing may move before the demo gives up
 * @param uiPort of Flink's web page; 0 for a free one
 * @param monitorPort of the monitor; 0 for a free one
 */
public record DemoOptions(
    DataSet set,
    long events,
    double rate,
    long seed,
    @Nullable Integer charts,
    int parallelism,
    int learnerThreads,
    boolean headless,
    Duration patience,
    int uiPort,
    int monitorPort) {

  /** How long nothing may move by default. */
  public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(90);

  /**
   * @throws io.chartflow.model.config.ConfigException naming every broken rule
   */
  public DemoOptions {
    Problems problems = new Problems("");
    problems.between("--events", events, 0, 1L << 31);
    problems.between("--rate", rate, 0.0, 1e9);
    problems.between("--parallelism", parallelism, 1, 64);
    problems.between("--learner-threads", learnerThreads, 1, JvmEngine.MOST_WORKERS);
    problems.between("--ui-port", uiPort, 0, 65_535);
    problems.between("--monitor-port", monitorPort, 0, 65_535);
    problems.require(
        patience.compareTo(Duration.ofSeconds(1)) >= 0, "--patience", "at least 1s", patience);
    if (charts != null) {
      problems.between("--charts", charts, 1, 65_536);
    }
    problems.throwIfAny();
  }

  /** The defaults for a data set: without end, as fast as it goes, free ports. */
  public static DemoOptions of(DataSet set) {
    return new DemoOptions(set, 0, 0, 0, null, 1, 1, true, DEFAULT_PATIENCE, 0, 0);
  }

  /** These options with so many events. */
  public DemoOptions withEvents(long other) {
    return new DemoOptions(
        set,
        other,
        rate,
        seed,
        charts,
        parallelism,
        learnerThreads,
        headless,
        patience,
        uiPort,
        monitorPort);
  }

  /** Whether the demo ends by itself. */
  public boolean bounded() {
    return events > 0;
  }
}
