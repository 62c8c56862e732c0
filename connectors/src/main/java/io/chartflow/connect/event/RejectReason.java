package io.chartflow.connect.event;

/** Why an event went to the dead letters. */
public enum RejectReason {
  /** The record has no value (a tombstone) or an empty one. */
  EMPTY,
  /** The record is longer than {@code schema.maxBytes}. */
  TOO_LONG,
  /** The value is not of the schema's format: not one JSON object, say. */
  MALFORMED,
  /** A field of the schema is absent, null or packed NaN and may not be, or all of them are. */
  MISSING_FIELD,
  /** A field of the schema is not a number. */
  WRONG_TYPE,
  /** A number is NaN or infinite. */
  NOT_FINITE,
  /** A number lies outside the field's bounds. */
  OUT_OF_RANGE
}
