package io.chartflow.jobs.train;

import io.chartflow.connect.config.PublishingConfig;

/** Whether a version is published now, and why. */
enum PublishDecision {
  /** The flows have not begun to learn: there is no density to publish. */
  NOT_READY(false),
  /** No step was taken since the last version: the same model again would help nobody. */
  NOTHING_NEW(false),
  /** Neither bound is met. */
  TOO_EARLY(false),
  /** {@code publishing.everyEvents} events were learned since the last version. */
  ENOUGH_EVENTS(true),
  /** {@code publishing.every} went by since the last version. */
  ENOUGH_TIME(true);

  private final boolean publishes;

  PublishDecision(boolean publishes) {
    this.publishes = publishes;
  }

  /** Whether a version is published. */
  boolean publishes() {
    return publishes;
  }

  /** The decision for a learner that has come this far since its last version. */
  static PublishDecision of(PublishingConfig bounds, Progress progress) {
    if (!progress.ready()) {
      return NOT_READY;
    }
    if (progress.steps() < 1) {
      return NOTHING_NEW;
    }
    if (progress.events() >= bounds.everyEvents()) {
      return ENOUGH_EVENTS;
    }
    return progress.millis() >= bounds.every().toMillis() ? ENOUGH_TIME : TOO_EARLY;
  }

  /**
   * How far a learner has come.
   *
   * @param ready whether there is something to publish
   * @param steps taken since the last version
   * @param events seen since the last version
   * @param millis of processing time since the last version, or since the task started
   */
  record Progress(boolean ready, long steps, long events, long millis) {}
}
