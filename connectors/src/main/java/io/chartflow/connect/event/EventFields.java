package io.chartflow.connect.event;

import io.chartflow.connect.config.FieldConfig;
import io.chartflow.connect.config.MissingPolicy;
import io.chartflow.connect.config.SchemaConfig;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What was found of a schema's fields in one event: numbers and faults. Used anew for each. */
final class EventFields {

  private static final String ABSENT = "is missing";

  private final SchemaConfig schema;
  private final EventTime time;
  private final double[] min;
  private final double[] max;
  private final @Nullable RejectReason[] reasons;
  private final String[] faults;
  private final boolean[] seen;
  private final double[] values;
  private int good;

  EventFields(SchemaConfig schema) {
    this.schema = schema;
    this.time = new EventTime(schema);
    int fields = schema.dimension();
    this.min = schema.fields().stream().mapToDouble(FieldConfig::min).toArray();
    this.max = schema.fields().stream().mapToDouble(FieldConfig::max).toArray();
    this.reasons = new RejectReason[fields];
    this.faults = new String[fields];
    this.seen = new boolean[fields];
    this.values = new double[fields];
  }

  void clear() {
    Arrays.fill(reasons, RejectReason.MISSING_FIELD);
    Arrays.fill(faults, ABSENT);
    Arrays.fill(seen, false);
    good = 0;
    time.clear();
  }

  /**
   * Notes that a field stands here.
   *
   * @throws IOException if it stood in the event before
   */
  void meet(int i) throws IOException {
    if (seen[i]) {
      throw new IOException("got field \"" + Quote.cut(name(i), 100) + "\" twice");
    }
    seen[i] = true;
  }

  /** Takes a number, be it finite and within its bounds or not; once for each field. */
  void take(int i, double value) {
    if (value >= min[i] && value <= max[i]) {
      reasons[i] = null;
      values[i] = value;
      good++;
    } else if (!Double.isFinite(value)) {
      takeNotFinite(i, Double.toString(value));
    } else {
      fail(
          i,
          RejectReason.OUT_OF_RANGE,
          "is " + value + ", expected between " + min[i] + " and " + max[i]);
    }
  }

  /** Takes a number that is not finite, or too large for a double. */
  void takeNotFinite(int i, String got) {
    fail(i, RejectReason.NOT_FINITE, "is " + got + ", expected a finite number");
  }

  /** Takes what is no number. */
  void takeOther(int i, String got) {
    fail(i, RejectReason.WRONG_TYPE, "is " + got + ", expected a number");
  }

  /** Takes what stands for a number that is not there. */
  void lack(int i, String fault) {
    fail(i, RejectReason.MISSING_FIELD, fault);
  }

  /** Whether an event may lack a field. */
  boolean mayLack(int i) {
    return schema.fields().get(i).missing() != MissingPolicy.REJECT;
  }

  /** Whether every field is there and good. */
  boolean isComplete() {
    return good == reasons.length;
  }

  /** Why a field is not there, or null. */
  @Nullable RejectReason reason(int i) {
    return reasons[i];
  }

  /** What is wrong with a field, and which it is. */
  String fault(int i) {
    return "field \"" + Quote.cut(name(i), 100) + "\" " + faults[i];
  }

  /** The event's time. */
  EventTime time() {
    return time;
  }

  /** The numbers in the schema's order, which the next event overwrites. */
  double[] values() {
    return values;
  }

  private String name(int i) {
    return schema.fields().get(i).name();
  }

  private void fail(int i, RejectReason reason, String fault) {
    reasons[i] = reason;
    faults[i] = fault;
  }
}
