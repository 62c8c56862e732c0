package io.chartflow.connect.event;

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

  /**
   * Notes that the time stands here.
   *
   * @throws IOException if it stood in the event before
   */
  void meet() throws IOException {
    if (seen) {
      throw new IOException("got time field \"" + field + "\" twice");
    }
    seen = true;
  }

  /** Takes what stands for a time that is not there. */
  void lack() {
    fail(RejectReason.MISSING_FIELD, "is null");
  }

  /** Takes what is neither text nor number as the format wants it. */
  void takeOther(String got) {
    String expected = format == TimeFormat.ISO ? "ISO-8601 text" : "a number";
    fail(RejectReason.WRONG_TYPE, "is " + got + ", expected " + expected);
  }

  /** Takes ISO-8601 text. */
  void takeText(String text) {
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

  /** Takes a number in the format's unit. */
  void takeNumber(double given) {
    double number = given * (format == TimeFormat.SECONDS ? 1000.0 : 1.0);
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

  /** Why there is no time, or null; Kafka's timestamp counts where the schema names no field. */
  @Nullable RejectReason reason(long kafkaTimestamp) {
    if (field == null) {
      takeMillis(kafkaTimestamp);
    }
    return reason;
  }

  /** What is wrong with the time. */
  String fault() {
    return (field == null ? "Kafka's timestamp " : "time field \"" + field + "\" ") + fault;
  }

  /** The event's time in milliseconds. */
  long millis() {
    return millis;
  }

  private void fail(RejectReason why, String what) {
    reason = why;
    fault = what;
  }
}
