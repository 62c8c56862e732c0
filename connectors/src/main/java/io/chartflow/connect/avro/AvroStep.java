package io.chartflow.connect.avro;

import java.io.IOException;

/** What to do with one value of a writer's schema: read it, or pass over it. */
@FunctionalInterface
interface AvroStep {

  /** A value of no bytes that nobody wants. */
  AvroStep NOTHING = (in, out) -> {};

  /** Moves {@code in} behind the value. */
  void run(AvroCursor in, AvroSink out) throws IOException;

  /** One of several, as the index before it says. */
  static AvroStep union(AvroStep[] branches) {
    return (in, out) -> branches[in.readIndex(branches.length)].run(in, out);
  }

  /**
   * The items of an array, or the values of a map. If one has no bytes then none has, and they are
   * not counted through: there may be told to be any number of them.
   */
  static AvroStep items(AvroStep item) {
    return (in, out) -> {
      for (long left = in.readBlock(); left > 0; left = in.readBlock()) {
        for (int before = -1; left > 0 && in.position() != before; left--) {
          before = in.position();
          item.run(in, out);
        }
      }
    };
  }

  /** One after the other. */
  static AvroStep inTurn(AvroStep first, AvroStep second) {
    return (in, out) -> {
      first.run(in, out);
      second.run(in, out);
    };
  }

  /** The fields of a record, in the order of the schema; they may be told later. */
  final class Fields implements AvroStep {

    private AvroStep[] steps = new AvroStep[0];

    /** Tells the fields. */
    Fields of(AvroStep[] fields) {
      steps = fields;
      return this;
    }

    @Override
    public void run(AvroCursor in, AvroSink out) throws IOException {
      in.descend();
      for (AvroStep step : steps) {
        step.run(in, out);
      }
      in.ascend();
    }
  }
}
