package io.chartflow.connect.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.chartflow.connect.config.FieldConfig;
import io.chartflow.connect.config.MissingPolicy;
import io.chartflow.connect.config.SchemaConfig;
import java.io.IOException;

/**
 * Decodes JSON events by a schema, one pass over the bytes, and never throws, whatever they are.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>An event comes out if and only if the value is one JSON object in UTF-8 with every field of
 *       the schema a finite number within its bounds; else a dead letter. A field may be absent or
 *       null where its {@link MissingPolicy} says so: NaN stands for it in the vector. Something
 *       has to be left to score: a field before the first gap that is to be marginalised.
 *   <li>Fields that nobody asked for are skipped, whatever they hold. The literals {@code NaN} and
 *       {@code Infinity}, which JSON has not, are read: in a field of the schema they are {@link
 *       RejectReason#NOT_FINITE}.
 *   <li>A broken object is {@link RejectReason#MALFORMED} whatever its fields are; of several bad
 *       fields the first in the schema's order is told.
 *   <li>A field of the schema that stands twice in an event makes it {@link
 *       RejectReason#MALFORMED}: neither can be preferred. Repeats of other fields are skipped.
 *   <li>The same record and schema give the same event, dequantisation included.
 * </ol>
 *
 * <p>Not safe for use by several threads: each thread has its own.
 */
public final class EventDecoder {

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .build();

  private final SchemaConfig schema;
  private final PathNode paths;
  private final Dequantizer dequantizer = new Dequantizer();
  private final EventFields found;

  /** A decoder of events of this schema. */
  public EventDecoder(SchemaConfig schema) {
    this.schema = schema;
    this.paths = PathNode.of(schema);
    this.found = new EventFields(schema);
  }

  /** The event of a record, or the dead letter that says why there is none. Never throws. */
  public Decoded decode(RawEvent raw) {
    byte[] value = raw.value();
    if (value == null || value.length == 0) {
      String got = value == null ? "no value" : "an empty value";
      return dead(raw, RejectReason.EMPTY, "expected a JSON object, got " + got);
    }
    if (value.length > schema.maxBytes()) {
      return dead(
          raw,
          RejectReason.TOO_LONG,
          "expected at most " + schema.maxBytes() + " bytes, got " + value.length);
    }
    found.clear();
    try (JsonParser parser = JSON.createParser(value)) {
      readObject(parser);
    } catch (JsonProcessingException e) {
      long at = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
      String where = at < 0 ? "" : " at byte " + at;
      return malformed(raw, Quote.cut(e.getOriginalMessage(), 200) + where);
    } catch (IOException | RuntimeException e) {
      return malformed(raw, Quote.cut(String.valueOf(e.getMessage()), 200));
    }
    return judge(raw);
  }

  private void readObject(JsonParser parser) throws IOException {
    JsonToken first = parser.nextToken();
    if (first != JsonToken.START_OBJECT) {
      throw new IOException("got " + (first == null ? "nothing" : Quote.kind(first)));
    }
    readFields(parser, paths);
    if (parser.nextToken() != null) {
      throw new IOException("got more after the end of the object");
    }
  }

  private void readFields(JsonParser parser, PathNode wanted) throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      PathNode node = wanted.child(name);
      JsonToken token = parser.nextToken();
      if (node == null) {
        parser.skipChildren();
        continue;
      }
      if (node.field() != PathNode.NONE) {
        found.take(node.field(), parser, token);
      }
      if (node.isTime()) {
        found.takeTime(parser, token);
      }
      if (node.hasChildren() && token == JsonToken.START_OBJECT) {
        readFields(parser, node);
      } else {
        parser.skipChildren();
      }
    }
  }

  private Decoded judge(RawEvent raw) {
    for (int i = 0; i < schema.dimension(); i++) {
      RejectReason reason = found.reason(i);
      if (reason != null && !mayLack(i, reason)) {
        String name = schema.fields().get(i).name();
        return dead(raw, reason, "field \"" + Quote.cut(name, 100) + "\" " + found.fault(i));
      }
    }
    RejectReason reason = found.timeReason(raw.timestamp());
    if (reason != null) {
      return dead(raw, reason, found.timeFault());
    }
    double[] values = found.values();
    if (!leavesSomething(values)) {
      return dead(
          raw,
          RejectReason.MISSING_FIELD,
          "every field that could be scored is missing or null, expected at least one");
    }
    long place = dequantizer.place(raw.topic(), raw.partition(), raw.offset());
    for (int i = 0; i < values.length; i++) {
      FieldConfig field = schema.fields().get(i);
      if (field.resolution() > 0) {
        values[i] += field.resolution() * Dequantizer.noise(place, i);
      }
    }
    return Decoded.of(
        new Event(raw.topic(), raw.partition(), raw.offset(), found.time(), raw.key(), values));
  }

  private boolean mayLack(int i, RejectReason reason) {
    return reason == RejectReason.MISSING_FIELD
        && schema.fields().get(i).missing() != MissingPolicy.REJECT;
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

  private static Decoded malformed(RawEvent raw, String what) {
    return dead(raw, RejectReason.MALFORMED, "expected one JSON object in UTF-8: " + what);
  }

  private static Decoded dead(RawEvent raw, RejectReason reason, String what) {
    return Decoded.of(new DeadLetter(raw, reason, raw.position() + ": " + what));
  }
}
