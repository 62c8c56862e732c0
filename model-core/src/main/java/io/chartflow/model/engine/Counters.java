package io.chartflow.model.engine;

import io.chartflow.model.engine.TrainerState.Clock;
import io.chartflow.model.engine.TrainerState.Progress;
import io.chartflow.model.online.DriftWatch;
import io.chartflow.model.online.MovingMean;

/** What a learner counts and what its time scales go by; {@link Progress} is its state. */
final class Counters {

  private MovingMean prequential;
  private DriftWatch drift;
  private long events;
  private long steps;
  private long flowSteps;
  private long refused;
  private long chartClock;
  private long flowClock;
  private long openings;

  /** As it was. */
  Counters(Progress progress) {
    Clock clock = progress.clock();
    this.prequential = new MovingMean(progress.prequential());
    this.drift = new DriftWatch(clock.drift());
    this.events = progress.events();
    this.steps = progress.steps();
    this.flowSteps = progress.flowSteps();
    this.refused = progress.refused();
    this.chartClock = clock.charts();
    this.flowClock = clock.flows();
    this.openings = clock.openings();
  }

  /** The state, with that of the random numbers. */
  Progress state(long random) {
    Clock clock = new Clock(chartClock, flowClock, openings, drift.state());
    return new Progress(events, steps, flowSteps, refused, random, prequential.state(), clock);
  }

  /** Sees a batch. */
  void see(int batch) {
    events += batch;
  }

  /** A batch was not applied. */
  void refuse() {
    refused++;
  }

  /** A step was taken, of the flows too if {@code flows}. */
  void step(boolean flows) {
    steps++;
    chartClock++;
    flowSteps += flows ? 1 : 0;
    flowClock += flows ? 1 : 0;
  }

  /** The world has changed: the time scales open up again, that of the charts at {@code charts}. */
  void open(long charts) {
    chartClock = charts;
    flowClock = 0;
    openings++;
    drift = new DriftWatch();
  }

  /** What was learned is forgotten. */
  void beginAnew() {
    open(0);
    steps = 0;
    flowSteps = 0;
    prequential = new MovingMean();
  }

  /** The mean prequential log-likelihood of the last batches, live. */
  MovingMean prequential() {
    return prequential;
  }

  /** What watches for a change of the world, live. */
  DriftWatch drift() {
    return drift;
  }

  /** Events seen. */
  long events() {
    return events;
  }

  /** Steps of the auto-encoder. */
  long steps() {
    return steps;
  }

  /** Steps of the flows. */
  long flowSteps() {
    return flowSteps;
  }

  /** Steps of the auto-encoder since its time scale opened up. */
  long chartClock() {
    return chartClock;
  }

  /** Steps of the flows since theirs opened up. */
  long flowClock() {
    return flowClock;
  }
}
