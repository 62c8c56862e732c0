package io.chartflow.it.scenario;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.chartflow.connect.event.RejectReason;
import org.jspecify.annotations.Nullable;

/** Ways in which an event is spoiled, each with the reason that its dead letter must give. */
enum SpoiledEvent {
  BROKEN_JSON(RejectReason.MALFORMED, "{\"x\": 1.0, \"y\": 2.0, \"z\""),
  NOT_JSON(RejectReason.MALFORMED, "x=1,y=2,z=3"),
  NOT_AN_OBJECT(RejectReason.MALFORMED, "[1.0, 2.0, 3.0]"),
  NOT_UTF_8(RejectReason.MALFORMED, "\u00c3\u0028"),
  MISSING_FIELD(RejectReason.MISSING_FIELD, "{\"x\": 1.0, \"y\": 2.0}"),
  NULL_FIELD(RejectReason.MISSING_FIELD, "{\"x\": 1.0, \"y\": null, \"z\": 3.0}"),
  STRING_FOR_NUMBER(RejectReason.WRONG_TYPE, "{\"x\": 1.0, \"y\": \"2.0\", \"z\": 3.0}"),
  OBJECT_FOR_NUMBER(RejectReason.WRONG_TYPE, "{\"x\": {}, \"y\": 2.0, \"z\": 3.0}"),
  NOT_A_NUMBER(RejectReason.NOT_FINITE, "{\"x\": NaN, \"y\": 2.0, \"z\": 3.0}"),
  INFINITE(RejectReason.NOT_FINITE, "{\"x\": 1.0, \"y\": -Infinity, \"z\": 3.0}"),
  TOO_LARGE_FOR_A_DOUBLE(RejectReason.NOT_FINITE, "{\"x\": 1.0, \"y\": 2.0, \"z\": 1e400}"),
  HUGE(RejectReason.OUT_OF_RANGE, "{\"x\": 1.0, \"y\": 1e300, \"z\": 3.0}"),
  EMPTY(RejectReason.EMPTY, ""),
  TOMBSTONE(RejectReason.EMPTY, ""),
  FIVE_MEGABYTES(RejectReason.TOO_LONG, "");

  private final RejectReason reason;
  private final String text;

  SpoiledEvent(RejectReason reason, String text) {
    this.reason = reason;
    this.text = text;
  }

  /** The reason of its dead letter. */
  RejectReason reason() {
    return reason;
  }

  /** The value of its Kafka record. */
  byte @Nullable [] bytes() {
    if (this == TOMBSTONE) {
      return null;
    }
    if (this == NOT_UTF_8) {
      return text.getBytes(ISO_8859_1);
    }
    if (this == FIVE_MEGABYTES) {
      String filling = "w".repeat(5 << 20);
      return ("{\"x\": 1.0, \"y\": 2.0, \"z\": 3.0, \"w\": \"" + filling + "\"}").getBytes(UTF_8);
    }
    return text.getBytes(UTF_8);
  }

  /** The {@code i}-th of many: all kinds in turn, but only one in a hundred is long. */
  static SpoiledEvent ofMany(int i) {
    SpoiledEvent[] all = values();
    return i % 100 == 0 ? FIVE_MEGABYTES : all[i % (all.length - 1)];
  }
}
