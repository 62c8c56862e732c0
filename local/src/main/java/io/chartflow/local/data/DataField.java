package io.chartflow.local.data;

import io.chartflow.model.config.Problems;

/**
 * One feature of a data set.
 *
 * @param name of the column and of the JSON field
 * @param resolution step that the values are rounded to, 0 for a continuous feature; a rounded
 *     feature has to be dequantised, or its density grows without bound
 */
public record DataField(String name, double resolution) {

  /** Checks the name and the resolution. */
  public DataField {
    Problems problems = new Problems("field");
    problems.require(!name.isBlank(), "name", "not blank", "\"" + name + "\"");
    problems.between("resolution", resolution, 0.0, 1e300);
    problems.throwIfAny();
  }

  /** A feature that is not rounded. */
  public static DataField continuous(String name) {
    return new DataField(name, 0.0);
  }
}
