package io.chartflow.connect.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartflow.model.config.ConfigException;
import io.chartflow.model.config.MarginalKind;
import io.chartflow.model.config.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code schema}; a field is its name, or a mapping. */
final class SchemaReader {

  private final Problems problems;
  private final Section section;

  SchemaReader(Problems problems, Section section) {
    this.problems = problems;
    this.section = section;
  }

  /** The schema, or null if anything in it is wrong, which is noted. */
  @Nullable SchemaConfig read() {
    List<FieldConfig> fields = new ArrayList<>();
    boolean complete = readFields(section.get("fields"), fields);
    Object timeField = section.value("timeField", String.class, null);
    Object format = section.value("timeFormat", TimeFormat.class, TimeFormat.MILLIS);
    Object maxBytes = section.value("maxBytes", int.class, SchemaConfig.DEFAULT_MAX_BYTES);
    Object written = section.value("format", EventFormat.class, EventFormat.JSON);
    section.refuseUnknown();
    if (format == null || maxBytes == null || written == null) {
      return null;
    }
    if (fields.isEmpty()) {
      fields.add(FieldConfig.of("usual")); // none is right: the other settings are still checked
    }
    try {
      SchemaConfig schema =
          new SchemaConfig(
              fields,
              (String) timeField,
              (TimeFormat) format,
              (Integer) maxBytes,
              (EventFormat) written);
      return complete ? schema : null;
    } catch (ConfigException e) {
      problems.addAll(e);
      return null;
    }
  }

  private boolean readFields(JsonNode list, List<FieldConfig> fields) {
    if (!list.isArray() || list.isEmpty()) {
      problems.require(false, "schema.fields", "a list of at least one field", Section.shown(list));
      return false;
    }
    boolean complete = true;
    for (int i = 0; i < list.size(); i++) {
      FieldConfig field = readField(list.get(i), "schema.fields[" + i + "]");
      if (field == null) {
        complete = false;
      } else {
        fields.add(field);
      }
    }
    return complete;
  }

  private @Nullable FieldConfig readField(JsonNode node, String path) {
    if (!node.isTextual() && !node.isObject()) {
      problems.require(false, path, "a name or a mapping with a name", Section.shown(node));
      return null;
    }
    FieldConfig usual = FieldConfig.of("usual");
    if (node.isTextual()) {
      return make(() -> FieldConfig.of(node.textValue()));
    }
    Section field = new Section(problems, path, node);
    String name = field.requiredText("name", "the name of the field");
    Object at = field.value("path", String.class, null);
    Object resolution = field.value("resolution", double.class, usual.resolution());
    Object min = field.value("min", double.class, usual.min());
    Object max = field.value("max", double.class, usual.max());
    Object transform = field.value("transform", MarginalKind.class, usual.transform());
    Object missing = field.value("missing", MissingPolicy.class, usual.missing());
    field.refuseUnknown();
    if (name == null || resolution == null || min == null || max == null) {
      return null;
    }
    if (transform == null || missing == null) {
      return null;
    }
    return make(
        () ->
            new FieldConfig(
                name,
                at == null ? name : (String) at,
                (Double) resolution,
                (Double) min,
                (Double) max,
                (MarginalKind) transform,
                (MissingPolicy) missing));
  }

  private @Nullable FieldConfig make(Supplier<FieldConfig> field) {
    try {
      return field.get();
    } catch (ConfigException e) {
      problems.addAll(e);
      return null;
    }
  }
}
