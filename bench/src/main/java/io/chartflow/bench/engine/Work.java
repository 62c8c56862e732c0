package io.chartflow.bench.engine;

import java.util.Locale;

/** What is timed. */
public enum Work {
  /** A step as a stream makes it: the batch is scored with the averaged weights, then learned. */
  TRAIN(1),
  /** Scoring with a published version. */
  SCORE(4);

  private final double ease;

  Work(double ease) {
    this.ease = ease;
  }

  /** How many times faster than a step of learning it is, roughly. */
  double ease() {
    return ease;
  }

  /** As it stands on command lines and in tables. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
