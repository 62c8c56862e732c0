package io.chartflow.bench.experiment;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.chartflow.model.config.ConfigText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A finished run, as it lies on disk.
 *
 * @param experiment name of the experiment
 * @param labels what tells it from the others
 * @param configHash hash of the model's configuration
 * @param settings every setting of the model by its name
 * @param engine that computed it
 * @param values what was found
 * @param curves what was found along the way
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record RunRecord(
    String experiment,
    Map<String, String> labels,
    String configHash,
    Map<String, String> settings,
    String engine,
    Map<String, Double> values,
    Map<String, List<Double>> curves) {

  static RunRecord of(RunSpec spec, RunOutcome outcome, String engine) {
    return new RunRecord(
        spec.experiment(),
        spec.labelsByName(),
        spec.config().hash(),
        settings(ConfigText.write(spec.config())),
        engine,
        new LinkedHashMap<>(outcome.values()),
        new LinkedHashMap<>(outcome.curves()));
  }

  /** A value that was found; NaN if there is none of that name. */
  public double value(String name) {
    return values.getOrDefault(name, Double.NaN);
  }

  /** The value of a label, empty if there is none of that name. */
  public String label(String name) {
    return labels.getOrDefault(name, "");
  }

  private static Map<String, String> settings(String text) {
    Map<String, String> settings = new TreeMap<>();
    text.lines()
        .forEach(
            line -> {
              int equals = line.indexOf('=');
              settings.put(line.substring(0, equals), readable(line.substring(equals + 1)));
            });
    return settings;
  }

  /** The text of a configuration writes fractions in hexadecimal. */
  private static String readable(String value) {
    boolean fraction = value.startsWith("0x") || value.startsWith("-0x");
    return fraction ? Double.toString(Double.parseDouble(value)) : value;
  }
}
