package io.chartflow.connect.event;

import io.chartflow.connect.config.FieldConfig;
import io.chartflow.connect.config.MissingPolicy;
import io.chartflow.connect.config.SchemaConfig;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Decodes events by a schema, one pass over the bytes, and never throws, whatever they are.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>An event comes out if and only if the value is one of the schema's format ({@link
 *       JsonReader}, {@link PackedReader}, {@link AvroReader}) with every field of the schema a
 *       finite number within its bounds; else a dead letter. A field may be missing where its
 *       {@link MissingPolicy} says so: NaN stands for it in the vector. Something has to be left to
 *       score: a field before the first gap that is to be marginalised.
 *   <li>A value that is not of the format is {@link RejectReason#MALFORMED} whatever its fields
 *       are; of several bad fields the first in the schema's order is told.
 *   <li>The same record and schema give the same event, dequantisation included.
 * </ol>
 *
 * <p>Not safe for use by several threads: each thread has its own.
 */
public final class EventDecoder {

  private final SchemaConfig schema;
  private final EventReader reader;
  private final Dequantizer dequantizer = new Dequantizer();
  private final boolean dequantizes;
  private final EventFields found;

  /** A decoder of events of this schema. */
  public EventDecoder(SchemaConfig schema) {
    this.schema = schema;
    this.reader = reader(schema);
    this.dequantizes = schema.fields().stream().anyMatch(field -> field.resolution() > 0);
    this.found = new EventFields(schema);
  }

  private static EventReader reader(SchemaConfig schema) {
    return switch (schema.format()) {
      case JSON -> new JsonReader(schema);
      case PACKED_FLOATS, PACKED_DOUBLES -> new PackedReader(schema);
      case AVRO -> new AvroReader(schema, schema.requireAvro());
    };
  }

  /** The event of a record, or the dead letter that says why there is none. Never throws. */
  public Decoded decode(RawEvent raw) {
    DeadLetter letter = read(raw);
    return letter == null
        ? Decoded.of(
            new Event(
                raw.topic(),
                raw.partition(),
                raw.offset(),
                eventTime(),
                raw.key(),
                values().clone()))
        : Decoded.of(letter);
  }

  /**
   * Decodes a record and makes no object of it: {@link #values} and {@link #eventTime} are the
   * event's until the next record is read. Never throws.
   *
   * @return why there is no event, or null if there is one
   */
  public @Nullable DeadLetter read(RawEvent raw) {
    byte[] value = raw.value();
    if (value == null || value.length == 0) {
      String got = value == null ? "no value" : "an empty value";
      return dead(raw, RejectReason.EMPTY, "expected " + reader.briefly() + ", got " + got);
    }
    if (value.length > schema.maxBytes()) {
      return dead(
          raw,
          RejectReason.TOO_LONG,
          "expected at most " + schema.maxBytes() + " bytes, got " + value.length);
    }
    found.clear();
    try {
      reader.read(value, found);
    } catch (IOException | RuntimeException e) {
      String got = Quote.cut(String.valueOf(e.getMessage()), 240);
      return dead(raw, RejectReason.MALFORMED, "expected " + reader.expected() + ": " + got);
    }
    return judge(raw);
  }

  /** The features of the record that was read last, see {@link Event#values}; used anew. */
  public double[] values() {
    return found.values();
  }

  /** The time of the record that was read last, see {@link Event#eventTime}. */
  public long eventTime() {
    return found.time().millis();
  }

  private @Nullable DeadLetter judge(RawEvent raw) {
    boolean complete = found.isComplete();
    for (int i = 0; !complete && i < schema.dimension(); i++) {
      RejectReason reason = found.reason(i);
      if (reason != null && !(reason == RejectReason.MISSING_FIELD && found.mayLack(i))) {
        return dead(raw, reason, found.fault(i));
      }
    }
    RejectReason reason = found.time().reason(raw.timestamp());
    if (reason != null) {
      return dead(raw, reason, found.time().fault());
    }
    double[] values = found.values();
    if (!complete && !leavesSomething(values)) {
      return dead(
          raw,
          RejectReason.MISSING_FIELD,
          "every field that could be scored is missing or null, expected at least one");
    }
    if (dequantizes) {
      dequantizeInPlace(values, raw);
    }
    return null;
  }

  private void dequantizeInPlace(double[] values, RawEvent raw) {
    long place = dequantizer.place(raw.topic(), raw.partition(), raw.offset());
    for (int i = 0; i < values.length; i++) {
      FieldConfig field = schema.fields().get(i);
      if (field.resolution() > 0) {
        values[i] += field.resolution() * Dequantizer.noise(place, i);
      }
    }
  }

  /** Puts NaN for what is missing; whether there is a value before the marginalised rest. */
  private boolean leavesSomething(double[] values) {
    boolean some = false;
    boolean rest = false;
    for (int i = 0; i < values.length; i++) {
      if (found.reason(i) != null) {
        values[i] = Double.NaN;
        rest |= schema.fields().get(i).missing() == MissingPolicy.MARGINALISE;
      } else {
        some |= !rest;
      }
    }
    return some;
  }

  private static DeadLetter dead(RawEvent raw, RejectReason reason, String what) {
    return new DeadLetter(raw, reason, raw.position() + ": " + what);
  }
}
