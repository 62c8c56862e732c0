package io.chartflow.connect.avro;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Writes numbers as records, by Avro's own library: to try a schema, not for speed. Fields that are
 * not told have their default, or are null.
 */
public final class AvroWriter {

  private static final Pattern STEPS = Pattern.compile("\\.");

  private final Schema schema;
  private final List<String[]> paths;
  private final GenericDatumWriter<GenericRecord> writer;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);

  AvroWriter(Schema schema, List<String> paths) {
    this.schema = schema;
    this.paths = paths.stream().map(path -> STEPS.split(path, -1)).toList();
    this.writer = new GenericDatumWriter<>(schema);
  }

  /**
   * The record with these numbers, one for each path; NaN is null where the schema has null there.
   *
   * @throws IllegalArgumentException if the schema cannot hold them
   */
  public byte[] write(double[] values) {
    GenericRecord record = filled(schema);
    for (int i = 0; i < values.length; i++) {
      put(record, paths.get(i), values[i]);
    }
    bytes.reset();
    try {
      writer.write(record, encoder);
      encoder.flush();
    } catch (NullPointerException | AvroRuntimeException e) {
      throw new IllegalArgumentException(
          "Avro record " + schema.getName() + " needs more than the events have: " + e.getMessage(),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("memory refused a record", e);
    }
    return bytes.toByteArray();
  }

  private static void put(GenericRecord record, String[] path, double value) {
    GenericRecord at = record;
    for (int step = 0; step < path.length - 1; step++) {
      if (!(at.get(path[step]) instanceof GenericRecord)) {
        at.put(path[step], filled(branch(field(at, path[step]), Schema.Type.RECORD)));
      }
      at = (GenericRecord) at.get(path[step]);
    }
    String name = path[path.length - 1];
    at.put(name, number(field(at, name), value));
  }

  private static Schema field(GenericRecord record, String name) {
    Schema.Field field = record.getSchema().getField(name);
    if (field == null) {
      throw new IllegalArgumentException(
          "expected a field \"" + name + "\" in the Avro record " + record.getSchema().getName());
    }
    return field.schema();
  }

  /** The number as the first type that holds it. */
  private static @Nullable Object number(Schema schema, double value) {
    List<Schema> types = schema.isUnion() ? schema.getTypes() : List.of(schema);
    boolean mayBeNull = types.stream().anyMatch(type -> type.getType() == Schema.Type.NULL);
    if (Double.isNaN(value) && mayBeNull) {
      return null;
    }
    for (Schema type : types) {
      switch (type.getType()) {
        case DOUBLE:
          return value;
        case FLOAT:
          return (float) value;
        case LONG:
          if (value == Math.rint(value) && Math.abs(value) <= 1L << 53) {
            return (long) value;
          }
          break;
        case INT:
          if (value == (int) value) {
            return (int) value;
          }
          break;
        default:
          break;
      }
    }
    throw new IllegalArgumentException(
        "expected an Avro type that holds " + value + ", got " + schema);
  }

  private static GenericRecord filled(Schema schema) {
    GenericRecord record = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      record.put(field.pos(), filling(field));
    }
    return record;
  }

  private static @Nullable Object filling(Schema.Field field) {
    try {
      return field.hasDefaultValue() ? GenericData.get().getDefaultValue(field) : null;
    } catch (AvroRuntimeException e) {
      throw new IllegalArgumentException(
          "Avro field \"" + field.name() + "\": " + e.getMessage(), e);
    }
  }

  private static Schema branch(Schema schema, Schema.Type type) {
    return (schema.isUnion() ? schema.getTypes() : List.of(schema))
        .stream()
            .filter(one -> one.getType() == type)
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("expected " + type + ", got " + schema));
  }
}
