package io.chartflow.connect.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartflow.model.config.ConfigException;
import io.chartflow.model.config.MarginalKind;
import io.chartflow.model.config.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code schema}; a field is its name, or a mapping. */
final class SchemaReader {

  private final Problems problems;
  private final Section section;
  private final Path folder;

  /** Files that the section names lie in {@code folder}, unless their paths are absolute. */
  SchemaReader(Problems problems, Section section, Path folder) {
    this.problems = problems;
    this.section = section;
    this.folder = folder;
  }

  /** The schema, or null if anything in it is wrong, which is noted. */
  @Nullable SchemaConfig read() {
    List<FieldConfig> fields = new ArrayList<>();
    boolean complete = readFields(section.get("fields"), fields);
    Object timeField = section.value("timeField", String.class, null);
    Object format = section.value("timeFormat", TimeFormat.class, TimeFormat.MILLIS);
    Object maxBytes = section.value("maxBytes", int.class, SchemaConfig.DEFAULT_MAX_BYTES);
    Object written = section.value("format", EventFormat.class, EventFormat.JSON);
    AvroConfig avro = readAvro(section.section("avro"), written == EventFormat.AVRO);
    section.refuseUnknown();
    if (written == EventFormat.AVRO && avro == null) {
      complete = false; // why is noted: the other settings are still checked
      written = EventFormat.JSON;
    }
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
              (EventFormat) written,
              avro);
      return complete ? schema : null;
    } catch (ConfigException e) {
      problems.addAll(e);
      return null;
    }
  }

  private @Nullable AvroConfig readAvro(Section avro, boolean isNeeded) {
    String file = (String) avro.value("schema", String.class, null);
    Integer schemaId = (Integer) avro.value("schemaId", int.class, null);
    avro.refuseUnknown();
    if (file == null) {
      problems.require(
          !isNeeded, avro.pathOf("schema"), "a file with the Avro schema of the events", "nothing");
      problems.require(
          isNeeded || schemaId == null, avro.pathOf("schemaId"), "beside a schema", "" + schemaId);
      return null;
    }
    try {
      return new AvroConfig(Files.readString(folder.resolve(file)), schemaId);
    } catch (IOException | InvalidPathException e) {
      problems.require(
          false, avro.pathOf("schema"), "a file that can be read", Shown.of(file) + ", " + e);
      return null;
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
