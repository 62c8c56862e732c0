package io.chartflow.connect.config;

import java.util.Locale;

/** How an event is written. */
public enum EventFormat {
  /** One JSON object in UTF-8. */
  JSON(0),
  /** The features one after the other, IEEE 754 single precision, little-endian; NaN is missing. */
  PACKED_FLOATS(4),
  /** The features one after the other, IEEE 754 double precision, little-endian; NaN is missing. */
  PACKED_DOUBLES(8),
  /** Avro's binary encoding of a record, by the schema in {@link AvroConfig}. */
  AVRO(0);

  private final int width;

  EventFormat(int width) {
    this.width = width;
  }

  /** Whether an event is nothing but its features. */
  public boolean isPacked() {
    return width > 0;
  }

  /** Bytes of one packed feature, 0 where features are not packed. */
  public int width() {
    return width;
  }

  /** The name in {@code chartflow.yaml}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
