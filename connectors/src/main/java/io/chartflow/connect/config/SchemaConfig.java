package io.chartflow.connect.config;

import io.chartflow.connect.avro.AvroSchema;
import io.chartflow.model.config.AtlasConfig;
import io.chartflow.model.config.MarginalKind;
import io.chartflow.model.config.Problems;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which numbers of an event make its vector, in which order, how they are written, and where the
 * event's time stands.
 *
 * @param fields the features, in the order of the vector
 * @param timeField dotted path of the event's time; null takes Kafka's timestamp
 * @param timeFormat how {@code timeField} is written
 * @param maxBytes longest value that is decoded; longer ones are dead letters
 * @param format how an event is written
 * @param avro how Avro events were written; null in other formats
 */
public record SchemaConfig(
    List<FieldConfig> fields,
    @Nullable String timeField,
    TimeFormat timeFormat,
    int maxBytes,
    EventFormat format,
    @Nullable AvroConfig avro)
    implements Serializable {

  /** The default of {@code maxBytes}: 1 MiB. */
  public static final int DEFAULT_MAX_BYTES = 1 << 20;

  /**
   * Copies the fields.
   *
   * @throws io.chartflow.model.config.ConfigException naming every broken rule
   */
  public SchemaConfig {
    fields = List.copyOf(fields);
    Problems problems = new Problems("schema");
    problems.require(
        !fields.isEmpty() && fields.size() <= AtlasConfig.MAX_DIMENSION,
        "fields",
        "a list of 1 to " + AtlasConfig.MAX_DIMENSION + " fields",
        fields.size() + " fields");
    tellRepeats(problems, fields);
    tellPathsThatMeet(problems, fields);
    problems.require(
        timeField == null || FieldConfig.isPath(timeField),
        "timeField",
        "names divided by single dots",
        Shown.of(timeField));
    problems.between("maxBytes", maxBytes, 2, 1 << 28);
    if (format.isPacked()) {
      tellWhatCannotBePacked(problems, format, fields.size(), timeField, maxBytes);
    }
    problems.require(
        avro != null || format != EventFormat.AVRO,
        "avro.schema",
        "a file with the Avro schema of the events",
        "nothing");
    problems.require(
        avro == null || format == EventFormat.AVRO,
        "avro",
        "left out where events are " + format.label(),
        "a schema");
    if (avro != null && problems.isEmpty()) {
      AvroRules.tell(problems, AvroSchema.parse(avro.schema()), fields, timeField, timeFormat);
    }
    problems.throwIfAny();
  }

  /** A schema of JSON events. */
  public SchemaConfig(
      List<FieldConfig> fields, @Nullable String timeField, TimeFormat timeFormat, int maxBytes) {
    this(fields, timeField, timeFormat, maxBytes, EventFormat.JSON, null);
  }

  /** A schema of these fields in JSON, with Kafka's timestamps. */
  public static SchemaConfig of(List<FieldConfig> fields) {
    return new SchemaConfig(fields, null, TimeFormat.MILLIS, DEFAULT_MAX_BYTES);
  }

  /** A schema of continuous fields with these names, with Kafka's timestamps. */
  public static SchemaConfig ofNames(String... names) {
    return of(List.of(names).stream().map(FieldConfig::of).toList());
  }

  /** This schema with events written in another format that needs to be told nothing more. */
  public SchemaConfig withFormat(EventFormat other) {
    return new SchemaConfig(fields, timeField, timeFormat, maxBytes, other, null);
  }

  /** This schema with Avro events. */
  public SchemaConfig withAvro(AvroConfig how) {
    return new SchemaConfig(fields, timeField, timeFormat, maxBytes, EventFormat.AVRO, how);
  }

  /** How Avro events were written; there is one if and only if the format is {@code AVRO}. */
  public AvroConfig requireAvro() {
    if (avro == null) {
      throw new IllegalStateException("expected Avro events, they are " + format.label());
    }
    return avro;
  }

  /** The number of features {@code D}. */
  public int dimension() {
    return fields.size();
  }

  /** The names of the features, in the order of the vector. */
  public List<String> names() {
    return fields.stream().map(FieldConfig::name).toList();
  }

  /** Whether an event may lack a field and be scored by the density of the others. */
  public boolean marginalises() {
    return fields.stream().anyMatch(field -> field.missing() == MissingPolicy.MARGINALISE);
  }

  /** The transforms of the features, in the order of the vector. */
  public List<MarginalKind> transforms() {
    return fields.stream().map(FieldConfig::transform).toList();
  }

  private static void tellWhatCannotBePacked(
      Problems problems, EventFormat format, int fields, @Nullable String timeField, int maxBytes) {
    problems.require(
        timeField == null,
        "timeField",
        "nothing where events are " + format.label() + ", which have Kafka's timestamp",
        Shown.of(timeField));
    problems.require(
        maxBytes >= fields * format.width(),
        "maxBytes",
        "at least the " + fields * format.width() + " bytes of an event",
        maxBytes);
  }

  private static void tellRepeats(Problems problems, List<FieldConfig> fields) {
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      Integer before = seen.putIfAbsent(fields.get(i).name(), i);
      problems.require(
          before == null,
          "fields[" + i + "].name",
          "unique; fields[" + before + "] has the same",
          Shown.of(fields.get(i).name()));
    }
  }

  /** One number cannot be two features, and no value is both a number and an object. */
  private static void tellPathsThatMeet(Problems problems, List<FieldConfig> fields) {
    Map<String, Integer> owners = new HashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      Integer before = owners.putIfAbsent(fields.get(i).path(), i);
      boolean sameName = before != null && fields.get(before).name().equals(fields.get(i).name());
      problems.require(
          before == null || sameName,
          "fields[" + i + "].path",
          "unique; fields[" + before + "] has the same",
          Shown.of(fields.get(i).path()));
    }
    for (int i = 0; i < fields.size(); i++) {
      String path = fields.get(i).path();
      for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
        Integer above = owners.get(path.substring(0, dot));
        problems.require(
            above == null,
            "fields[" + i + "].path",
            "outside of the path of fields[" + above + "], which is a number",
            Shown.of(path));
      }
    }
  }
}
