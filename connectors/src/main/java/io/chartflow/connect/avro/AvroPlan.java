package io.chartflow.connect.avro;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.Schema;

/**
 * How to read the values at some paths out of a record, one pass over its bytes: the writer's
 * schema as a tree of {@link AvroStep}s. Nothing is made for what is not asked for. Used by one
 * thread.
 */
public final class AvroPlan {

  /** A path that is still to go from here, empty at its value, and its slot. */
  private record Target(String path, int slot) {

    String first() {
      int dot = path.indexOf('.');
      return dot < 0 ? path : path.substring(0, dot);
    }

    Target descend() {
      int dot = path.indexOf('.');
      return new Target(dot < 0 ? "" : path.substring(dot + 1), slot);
    }
  }

  private final Map<String, AvroStep> passed = new HashMap<>();
  private final AvroCursor cursor = new AvroCursor();
  private final int textSlot;
  private final AvroStep root;

  AvroPlan(Schema record, List<String> paths, int textSlot) {
    this.textSlot = textSlot;
    List<Target> targets = new ArrayList<>();
    for (int slot = 0; slot < paths.size(); slot++) {
      targets.add(new Target(paths.get(slot), slot));
    }
    this.root = read(record, targets);
  }

  /**
   * Reads the record that begins at a byte and ends with the array. A path whose value is not
   * there, since something above it is null, is not told.
   *
   * @throws IOException if there is no such record, saying what came and where
   */
  public void read(byte[] bytes, int from, AvroSink out) throws IOException {
    cursor.reset(bytes, from);
    root.run(cursor, out);
    cursor.finish();
  }

  private AvroStep read(Schema schema, List<Target> targets) {
    if (targets.isEmpty()) {
      return pass(schema);
    }
    int[] slots = targets.stream().filter(t -> t.path().isEmpty()).mapToInt(Target::slot).toArray();
    return switch (schema.getType()) {
      case UNION -> AvroStep.union(steps(schema.getTypes(), branch -> read(branch, targets)));
      case RECORD ->
          slots.length > 0
              ? other(slots, schema)
              : new AvroStep.Fields().of(steps(schema.getFields(), f -> read(f, targets)));
      case INT -> (in, out) -> tell(slots, in.readInt(), out);
      case LONG -> (in, out) -> tell(slots, (double) in.readLong(), out);
      case FLOAT -> (in, out) -> tell(slots, in.readFloat(), out);
      case DOUBLE -> (in, out) -> tell(slots, in.readDouble(), out);
      case NULL -> (in, out) -> Arrays.stream(slots).forEach(out::missing);
      case STRING ->
          slots.length == 1 && slots[0] == textSlot
              ? (in, out) -> out.text(textSlot, in.readText())
              : other(slots, schema);
      default -> other(slots, schema);
    };
  }

  private AvroStep read(Schema.Field field, List<Target> targets) {
    List<Target> inside =
        targets.stream()
            .filter(target -> target.first().equals(field.name()))
            .map(Target::descend)
            .toList();
    return read(field.schema(), inside);
  }

  private static void tell(int[] slots, double value, AvroSink out) {
    for (int slot : slots) {
      out.number(slot, value);
    }
  }

  private AvroStep other(int[] slots, Schema schema) {
    String kind = AvroSchema.kind(schema);
    AvroStep told = (in, out) -> Arrays.stream(slots).forEach(slot -> out.other(slot, kind));
    return AvroStep.inTurn(pass(schema), told);
  }

  /** Passes over a value. */
  private AvroStep pass(Schema schema) {
    return switch (schema.getType()) {
      case NULL -> AvroStep.NOTHING;
      case BOOLEAN -> (in, out) -> in.readBoolean();
      case INT -> (in, out) -> in.readInt();
      case LONG -> (in, out) -> in.readLong();
      case FLOAT -> (in, out) -> in.skip(Float.BYTES);
      case DOUBLE -> (in, out) -> in.skip(Double.BYTES);
      case FIXED -> passFixed(schema.getFixedSize());
      case STRING, BYTES -> (in, out) -> in.skipText();
      case ENUM -> passEnum(schema.getEnumSymbols().size());
      case ARRAY -> AvroStep.items(pass(schema.getElementType()));
      case MAP ->
          AvroStep.items(AvroStep.inTurn((in, out) -> in.skipText(), pass(schema.getValueType())));
      case UNION -> AvroStep.union(steps(schema.getTypes(), this::pass));
      case RECORD -> passRecord(schema);
    };
  }

  private static AvroStep passFixed(int size) {
    return size == 0 ? AvroStep.NOTHING : (in, out) -> in.skip(size);
  }

  private static AvroStep passEnum(int symbols) {
    return (in, out) -> in.readIndex(symbols);
  }

  /** A record may hold itself: its step is known before its fields are. */
  private AvroStep passRecord(Schema schema) {
    AvroStep known = passed.get(schema.getFullName());
    if (known != null) {
      return known;
    }
    if (schema.getFields().isEmpty()) {
      return AvroStep.NOTHING;
    }
    AvroStep.Fields record = new AvroStep.Fields();
    passed.put(schema.getFullName(), record);
    return record.of(steps(schema.getFields(), field -> pass(field.schema())));
  }

  private static <T> AvroStep[] steps(List<T> parts, Function<T, AvroStep> step) {
    return parts.stream().map(step).toArray(AvroStep[]::new);
  }
}
