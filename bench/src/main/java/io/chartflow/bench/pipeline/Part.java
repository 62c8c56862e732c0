package io.chartflow.bench.pipeline;

/** A measurement. */
public enum Part {
  /** Throughput of the score job alone, as it comes. */
  SCORE("scored"),
  /** Throughput of the score job alone, whose output is visible at once. */
  SCORE_AT_LEAST_ONCE("scored, at least once"),
  /** Throughput of both jobs over the same events. */
  LEARN("scored and learned"),
  /** From produce to consume at half of the highest rate. */
  DELAY("delay"),
  /** Stopping the score job and going on. */
  RESTORE("restore");

  private final String text;

  Part(String text) {
    this.text = text;
  }

  /** As tables call it. */
  public String text() {
    return text;
  }

  /** Whether it is a throughput. */
  boolean isThroughput() {
    return ordinal() <= LEARN.ordinal();
  }
}
