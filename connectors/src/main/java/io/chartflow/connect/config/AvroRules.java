package io.chartflow.connect.config;

import io.chartflow.connect.avro.AvroSchema;
import io.chartflow.model.config.Problems;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a schema of events asks of the writer's schema in Avro. */
final class AvroRules {

  private AvroRules() {}

  /** Tells every path of {@code schema} that does not lead to what is wanted there. */
  static void tell(
      Problems problems,
      AvroSchema avro,
      List<FieldConfig> fields,
      @Nullable String timeField,
      TimeFormat timeFormat) {
    for (int i = 0; i < fields.size(); i++) {
      String path = fields.get(i).path();
      require(problems, avro, "fields[" + i + "].path", path, "a number", avro.noNumber(path));
    }
    if (timeField != null) {
      boolean text = timeFormat == TimeFormat.ISO;
      Optional<String> misfit = text ? avro.noText(timeField) : avro.noNumber(timeField);
      String wanted = text ? "a string" : "a number";
      require(problems, avro, "timeField", timeField, wanted, misfit);
      for (String type : avro.logicalTypes(timeField)) {
        problems.require(
            type.equals("timestamp-millis") && timeFormat == TimeFormat.MILLIS,
            "timeField",
            "a number or a timestamp-millis that is read as millis",
            Shown.of(timeField)
                + ", which is "
                + type
                + " read as "
                + timeFormat.name().toLowerCase(Locale.ROOT));
      }
    }
  }

  private static void require(
      Problems problems,
      AvroSchema avro,
      String name,
      String path,
      String wanted,
      Optional<String> misfit) {
    problems.require(
        misfit.isEmpty(),
        name,
        wanted + " in the Avro record " + avro.name(),
        Shown.of(path) + ", which is " + misfit.orElse(wanted));
  }
}
