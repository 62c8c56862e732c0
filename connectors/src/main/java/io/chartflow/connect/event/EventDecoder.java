package io.chartflow.connect.event;

import io.chartflow.connect.config.SchemaConfig;

/** Decodes JSON events. */
public final class EventDecoder {

  private final SchemaConfig schema;

  /** A decoder of events of this schema. */
  public EventDecoder(SchemaConfig schema) {
    this.schema = schema;
  }

  /** The event of a record, or the dead letter that says why there is none. Never throws. */
  public Decoded decode(RawEvent raw) {
    return Decoded.of(
        new DeadLetter(raw, RejectReason.MALFORMED, "being built for " + schema.names()));
  }
}
