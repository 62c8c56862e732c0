package io.chartflow.local.produce;

/** How many events may have been sent by now. */
@FunctionalInterface
public interface Pace {

  /** As fast as Kafka takes them. */
  Pace UNBOUNDED = nanos -> Long.MAX_VALUE;

  /**
   * The number of events that may have been sent.
   *
   * @param nanos since the first
   */
  long allowed(long nanos);

  /** So many events a second; 0 for as many as Kafka takes. */
  static Pace of(double eventsPerSecond) {
    if (!(eventsPerSecond >= 0)) {
      throw new IllegalArgumentException("rate must be at least 0, got " + eventsPerSecond);
    }
    return eventsPerSecond == 0 ? UNBOUNDED : nanos -> 1 + (long) (eventsPerSecond * (nanos / 1e9));
  }

  /** This pace, and never more than the other allows. */
  default Pace and(Pace other) {
    return nanos -> Math.min(allowed(nanos), other.allowed(nanos));
  }
}
