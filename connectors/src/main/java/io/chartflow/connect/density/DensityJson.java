package io.chartflow.connect.density;

import com.fasterxml.jackson.core.JsonFactory;

/**
 * Density records as JSON: names in snake case, what is null left out, {@code density_sum} in lower
 * case, the posterior as a list of {@code {"chart":3,"probability":0.97}}. Numbers come back bit
 * for bit. JSON has no word for a number that is not finite: it is the string {@code "NaN"}, {@code
 * "Infinity"} or {@code "-Infinity"}. Readers skip names that they do not know.
 */
public final class DensityJson {

  static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private DensityJson() {}

  /** The JSON of one record, UTF-8; for many, a {@link DensityWriter} is faster. */
  public static byte[] toBytes(DensityRecord record) {
    return new DensityWriter().toBytes(record);
  }

  /**
   * The record of its JSON.
   *
   * @throws IllegalArgumentException saying what was expected, what came and where
   */
  public static DensityRecord fromBytes(byte[] json) {
    return new DensityParser().parse(json);
  }
}
