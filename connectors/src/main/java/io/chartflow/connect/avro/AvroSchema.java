package io.chartflow.connect.avro;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * The schema that a writer of records had. Numbers stand at dotted paths; a step descends into a
 * record, also where that is one of a union.
 */
public final class AvroSchema {

  private final Schema record;

  private AvroSchema(Schema record) {
    this.record = record;
  }

  /**
   * The schema of its JSON.
   *
   * @throws IllegalArgumentException if it is none, or not that of a record
   */
  public static AvroSchema parse(String json) {
    Schema schema;
    try {
      schema = new Schema.Parser().parse(json);
    } catch (AvroRuntimeException e) {
      throw new IllegalArgumentException("no Avro schema: " + e.getMessage(), e);
    }
    if (schema.getType() != Schema.Type.RECORD) {
      throw new IllegalArgumentException("the schema of " + kind(schema));
    }
    return new AvroSchema(schema);
  }

  /** The record's name. */
  public String name() {
    return record.getFullName();
  }

  /** What stands at a path instead of a number that may be null; empty if it is a number. */
  public Optional<String> noNumber(String path) {
    return misfit(
        path, List.of(Schema.Type.INT, Schema.Type.LONG, Schema.Type.FLOAT, Schema.Type.DOUBLE));
  }

  /** What stands at a path instead of text that may be null; empty if it is text. */
  public Optional<String> noText(String path) {
    return misfit(path, List.of(Schema.Type.STRING));
  }

  /** Names of logical types at a path: {@code timestamp-micros}; empty for plain values. */
  public List<String> logicalTypes(String path) {
    return at(path)
        .filter(schema -> schema.getLogicalType() != null)
        .map(schema -> schema.getLogicalType().getName())
        .toList();
  }

  /**
   * How to read the values at these paths.
   *
   * @param textSlot index of the path that is to be text, or -1
   */
  public AvroPlan plan(List<String> paths, int textSlot) {
    return new AvroPlan(record, paths, textSlot);
  }

  /** What writes numbers to these paths; used by one thread. */
  public AvroWriter writer(List<String> paths) {
    return new AvroWriter(record, paths);
  }

  private Optional<String> misfit(String path, List<Schema.Type> wanted) {
    List<Schema> found = at(path).toList();
    if (found.stream().anyMatch(schema -> wanted.contains(schema.getType()))) {
      return Optional.empty();
    }
    List<String> kinds = found.stream().map(AvroSchema::kind).toList();
    return Optional.of(kinds.isEmpty() ? "nothing" : String.join(" or ", kinds));
  }

  /** The types that a value at this path may have. */
  private Stream<Schema> at(String path) {
    List<Schema> here = new ArrayList<>(List.of(record));
    for (String step : path.split("\\.", -1)) {
      here =
          here.stream()
              .filter(schema -> schema.getType() == Schema.Type.RECORD)
              .map(schema -> schema.getField(step))
              .filter(field -> field != null)
              .flatMap(field -> branches(field.schema()))
              .toList();
    }
    return here.stream();
  }

  private static Stream<Schema> branches(Schema schema) {
    return schema.isUnion() ? schema.getTypes().stream() : Stream.of(schema);
  }

  /** What a type is, in words. */
  static String kind(Schema schema) {
    return switch (schema.getType()) {
      case RECORD -> "a record";
      case ENUM -> "an enum";
      case ARRAY -> "an array";
      case MAP -> "a map";
      case UNION -> "a union";
      case FIXED, BYTES -> "bytes";
      case STRING -> "a string";
      case INT, LONG, FLOAT, DOUBLE -> "a number";
      case BOOLEAN -> "a boolean";
      case NULL -> "null";
    };
  }
}
