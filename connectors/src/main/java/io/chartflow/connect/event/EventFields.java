package io.chartflow.connect.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.chartflow.connect.config.FieldConfig;
import io.chartflow.connect.config.SchemaConfig;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What was found of a schema's fields in one event: numbers and faults. Used anew for each. */
final class EventFields {

  private static final String ABSENT = "is missing";

  private final SchemaConfig schema;
  private final EventTime time;
  private final @Nullable RejectReason[] reasons;
  private final String[] faults;
  private final boolean[] seen;
  private double[] values = new double[0];

  EventFields(SchemaConfig schema) {
    this.schema = schema;
    this.time = new EventTime(schema);
    int fields = schema.dimension();
    this.reasons = new RejectReason[fields];
    this.faults = new String[fields];
    this.seen = new boolean[fields];
  }

  void clear() {
    Arrays.fill(reasons, RejectReason.MISSING_FIELD);
    Arrays.fill(faults, ABSENT);
    Arrays.fill(seen, false);
    values = new double[reasons.length];
    time.clear();
  }

  /** Takes the value that the parser stands at. */
  void take(int i, JsonParser parser, JsonToken token) throws IOException {
    FieldConfig field = schema.fields().get(i);
    if (seen[i]) {
      throw new IOException("got field \"" + Quote.cut(field.name(), 100) + "\" twice");
    }
    seen[i] = true;
    if (token == JsonToken.VALUE_NULL) {
      fail(i, RejectReason.MISSING_FIELD, "is null");
    } else if (!token.isNumeric()) {
      fail(i, RejectReason.WRONG_TYPE, "is " + describe(parser, token) + ", expected a number");
    } else {
      takeNumber(i, field, parser.getDoubleValue(), parser);
    }
  }

  private void takeNumber(int i, FieldConfig field, double value, JsonParser parser)
      throws IOException {
    if (!Double.isFinite(value)) {
      fail(
          i,
          RejectReason.NOT_FINITE,
          "is " + Quote.cut(parser.getText(), 40) + ", expected a finite number");
    } else if (value < field.min() || value > field.max()) {
      fail(
          i,
          RejectReason.OUT_OF_RANGE,
          "is " + value + ", expected between " + field.min() + " and " + field.max());
    } else {
      reasons[i] = null;
      values[i] = value;
    }
  }

  /** Takes the event's time from the value that the parser stands at. */
  void takeTime(JsonParser parser, JsonToken token) throws IOException {
    time.take(parser, token);
  }

  /** Why a field is not there, or null. */
  @Nullable RejectReason reason(int i) {
    return reasons[i];
  }

  /** What is wrong with a field. */
  String fault(int i) {
    return faults[i];
  }

  /** Why there is no time, or null; Kafka's timestamp counts where the schema names no field. */
  @Nullable RejectReason timeReason(long kafkaTimestamp) {
    return time.reason(kafkaTimestamp);
  }

  /** What is wrong with the time. */
  String timeFault() {
    return time.fault();
  }

  /** The event's time in milliseconds. */
  long time() {
    return time.millis();
  }

  /** The numbers in the schema's order; the caller's from now on. */
  double[] values() {
    return values;
  }

  static String describe(JsonParser parser, JsonToken token) throws IOException {
    String kind = Quote.kind(token);
    return token.isScalarValue() ? kind + " " + Quote.cut('"' + parser.getText(), 40) + '"' : kind;
  }

  private void fail(int i, RejectReason reason, String fault) {
    reasons[i] = reason;
    faults[i] = fault;
  }
}
