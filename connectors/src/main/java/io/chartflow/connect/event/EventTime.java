package io.chartflow.connect.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.chartflow.connect.config.SchemaConfig;
import io.chartflow.connect.config.TimeFormat;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * The time of one event. Times lie between 1970 and the year 9999: the density's Kafka timestamp is
 * the event's time, and Kafka takes none that is negative.
 */
final class EventTime {

  private static final long LATEST = 253_402_300_799_999L;

  private final @Nullable String field;
  private final TimeFormat format;
  private @Nullable RejectReason reason;
  private String fault = "";
  private long millis;
  private boolean seen;

  EventTime(SchemaConfig schema) {
    this.field = schema.timeField();
    this.format = schema.timeFormat();
  }

  void clear() {
    fail(RejectReason.MISSING_FIELD, "is missing");
    seen = false;
  }

  void take(JsonParser parser, JsonToken token) throws IOException {
    if (seen) {
      throw new IOException("got time field \"" + field + "\" twice");
    }
    seen = true;
    if (token == JsonToken.VALUE_NULL) {
      fail(RejectReason.MISSING_FIELD, "is null");
    } else if (format == TimeFormat.ISO ? token != JsonToken.VALUE_STRING : !token.isNumeric()) {
      String expected = format == TimeFormat.ISO ? "ISO-8601 text" : "a number";
      String got = EventFields.describe(parser, token);
      fail(RejectReason.WRONG_TYPE, "is " + got + ", expected " + expected);
    } else if (format == TimeFormat.ISO) {
      takeText(parser.getText());
    } else {
      takeNumber(parser.getDoubleValue() * (format == TimeFormat.SECONDS ? 1000.0 : 1.0));
    }
  }

  private void takeText(String text) {
    try {
      takeMillis(
          OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
              .toInstant()
              .toEpochMilli());
    } catch (DateTimeException | ArithmeticException e) {
      fail(
          RejectReason.WRONG_TYPE,
          "is \""
              + Quote.cut(text, 40)
              + "\", expected ISO-8601 with an offset such as 2026-01-31T12:00:00Z");
    }
  }

  private void takeNumber(double number) {
    if (!Double.isFinite(number)) {
      fail(RejectReason.NOT_FINITE, "is " + number + ", expected a finite number");
    } else {
      takeMillis(Math.round(number));
    }
  }

  private void takeMillis(long candidate) {
    if (candidate < 0 || candidate > LATEST) {
      fail(
          RejectReason.OUT_OF_RANGE,
          "is " + candidate + " ms since the epoch, expected between 0 and " + LATEST);
    } else {
      reason = null;
      millis = candidate;
    }
  }

  @Nullable RejectReason reason(long kafkaTimestamp) {
    if (field == null) {
      takeMillis(kafkaTimestamp);
    }
    return reason;
  }

  String fault() {
    return (field == null ? "Kafka's timestamp " : "time field \"" + field + "\" ") + fault;
  }

  long millis() {
    return millis;
  }

  private void fail(RejectReason why, String what) {
    reason = why;
    fault = what;
  }
}
