package io.chartflow.local.data;

/**
 * A cursor over events that never ends. Stands before the first event when it is opened. Not safe
 * for use by several threads.
 */
public interface EventSource extends AutoCloseable {

  /** Moves to the next event. */
  void next();

  /** How many events came before this one; one less before the first. */
  long index();

  /** A feature of this event; NaN where the cell of a file is not a number. */
  double value(int field);

  /**
   * A feature of this event as a JSON value, as it is in the source: a cell that is not a number
   * becomes a JSON string, so that the reader can reject it for what it is.
   */
  String json(int field);

  /** Copies all features of this event to {@code target}. */
  void copyTo(double[] target);

  @Override
  void close();
}
