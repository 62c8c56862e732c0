package io.chartflow.connect.avro;

/** Takes what a record holds at the paths of a plan; {@code slot} is the index of the path. */
public interface AvroSink {

  /** An int, long, float or double. A long above 2⁵³ is rounded. */
  void number(int slot, double value);

  /** A null. */
  void missing(int slot);

  /** Text, at the one path that is to be text. */
  void text(int slot, String value);

  /** Something else: {@code a string}, {@code an array}. */
  void other(int slot, String kind);
}
