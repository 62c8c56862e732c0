package io.chartflow.connect.density;

/** Density records as JSON. */
public final class DensityJson {

  private DensityJson() {}

  /** The JSON of a record, UTF-8. */
  public static byte[] toBytes(DensityRecord record) {
    throw new UnsupportedOperationException("being built for " + record);
  }

  /**
   * The record of its JSON.
   *
   * @throws IllegalArgumentException saying what was expected, what came and where
   */
  public static DensityRecord fromBytes(byte[] json) {
    throw new UnsupportedOperationException("being built for " + json.length + " bytes");
  }
}
