package io.chartflow.connect.config;

import io.chartflow.model.config.MarginalKind;
import io.chartflow.model.config.Problems;
import java.io.Serializable;

/**
 * One feature of the event's vector.
 *
 * @param name of the feature, unique in the schema
 * @param path where the number stands in the JSON object; a dot descends into an object
 * @param resolution step in which the source measures, 0 for a continuous feature. The decoder adds
 *     noise uniform in {@code ±resolution/2} that depends on the event's place alone, since a
 *     density over values that repeat has no limit
 * @param min smallest value that is accepted
 * @param max largest value that is accepted
 * @param transform of the feature before it is standardised
 * @param missing what becomes of an event without this field
 */
public record FieldConfig(
    String name,
    String path,
    double resolution,
    double min,
    double max,
    MarginalKind transform,
    MissingPolicy missing)
    implements Serializable {

  /** The bound on {@code |x|} where a field declares none. */
  public static final double DEFAULT_BOUND = 1e100;

  /**
   * @throws io.chartflow.model.config.ConfigException naming every broken rule
   */
  public FieldConfig {
    Problems problems = new Problems("schema.fields[" + name + "]");
    problems.require(!name.isBlank(), "name", "not blank", Shown.of(name));
    problems.require(isPath(path), "path", "names divided by single dots", Shown.of(path));
    problems.between("resolution", resolution, 0.0, Double.MAX_VALUE);
    problems.require(Double.isFinite(min), "min", "finite", min);
    problems.require(Double.isFinite(max), "max", "finite", max);
    problems.require(!(min >= max), "min", "below max=" + max, min);
    problems.throwIfAny();
  }

  /** A feature without a transform, in every event. */
  public FieldConfig(String name, String path, double resolution, double min, double max) {
    this(name, path, resolution, min, max, MarginalKind.NONE, MissingPolicy.REJECT);
  }

  /** A continuous feature under its own name, within ±{@value #DEFAULT_BOUND}. */
  public static FieldConfig of(String name) {
    return new FieldConfig(name, name, 0.0, -DEFAULT_BOUND, DEFAULT_BOUND);
  }

  /** A feature measured in steps of {@code resolution}, under its own name. */
  public static FieldConfig measured(String name, double resolution) {
    return new FieldConfig(name, name, resolution, -DEFAULT_BOUND, DEFAULT_BOUND);
  }

  static boolean isPath(String path) {
    for (String step : path.split("\\.", -1)) {
      if (step.isBlank()) {
        return false;
      }
    }
    return true;
  }
}
