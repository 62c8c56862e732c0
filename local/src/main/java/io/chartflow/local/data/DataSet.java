package io.chartflow.local.data;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A named kind of events: what they look like, where to draw them, how probable they truly are. */
public interface DataSet {

  /** The name on the command line and in reports. */
  String name();

  /** The features of an event, in the order of its vector. */
  List<DataField> fields();

  /** Number of features. */
  default int dimension() {
    return fields().size();
  }

  /**
   * Every event of the set, without end. Two sources of one seed give the same events; a file gives
   * its rows in their order whatever the seed is.
   */
  EventSource events(long seed);

  /** Events to learn from, when {@link #heldOut} is what will be tested on. */
  default EventSource training(long seed) {
    return events(seed);
  }

  /**
   * Number of different events that {@link #training} has, {@link Long#MAX_VALUE} for fresh draws.
   */
  long trainingEvents();

  /**
   * Events that {@link #training} never gives: fresh draws, or rows of a file kept apart.
   *
   * @param after how many events were learned from: a drifting set goes on from there
   */
  EventSource heldOut(long seed, long after);

  /** Number of different events that {@link #heldOut} has, like {@link #trainingEvents}. */
  long heldOutEvents();

  /** The density that events are drawn from, where it is known. */
  Optional<TrueDensity> truth();

  /**
   * The mean of the true log-density over events, where it is known, to about 0.002 nats: what no
   * model can exceed.
   */
  OptionalDouble trueLogLikelihood();
}
