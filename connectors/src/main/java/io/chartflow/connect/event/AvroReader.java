package io.chartflow.connect.event;

import io.chartflow.connect.avro.AvroPlan;
import io.chartflow.connect.avro.AvroSchema;
import io.chartflow.connect.avro.AvroSink;
import io.chartflow.connect.config.AvroConfig;
import io.chartflow.connect.config.FieldConfig;
import io.chartflow.connect.config.SchemaConfig;
import io.chartflow.connect.config.TimeFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads Avro records in binary, of one writer's schema, bare or behind Confluent's header: a byte 0
 * and the schema's id of four bytes, big-endian. A record of another id was written with another
 * schema, so it is not read.
 */
final class AvroReader implements EventReader {

  private static final int HEADER = 5;

  private final AvroPlan plan;
  private final String name;
  private final @Nullable Integer schemaId;
  private final Into into;

  AvroReader(SchemaConfig schema, AvroConfig avro) {
    AvroSchema written = AvroSchema.parse(avro.schema());
    List<String> paths = new ArrayList<>();
    schema.fields().stream().map(FieldConfig::path).forEach(paths::add);
    int timeSlot = paths.size();
    if (schema.timeField() != null) {
      paths.add(schema.timeField());
    }
    this.plan = written.plan(paths, schema.timeFormat() == TimeFormat.ISO ? timeSlot : -1);
    this.name = written.name();
    this.schemaId = avro.schemaId();
    this.into = new Into(timeSlot);
  }

  @Override
  public String expected() {
    return "an Avro record " + name + (schemaId == null ? "" : " behind the header of " + schemaId);
  }

  @Override
  public void read(byte[] value, EventFields found) throws IOException {
    if (schemaId != null) {
      requireHeader(value, schemaId);
    }
    into.found = found;
    plan.read(value, schemaId == null ? 0 : HEADER, into);
  }

  private static void requireHeader(byte[] value, int schemaId) throws IOException {
    if (value.length < HEADER) {
      throw new IOException("got " + value.length + " bytes");
    }
    if (value[0] != 0) {
      throw new IOException("got " + value[0] + " for the header's first byte, which is to be 0");
    }
    int id = 0;
    for (int i = 1; i < HEADER; i++) {
      id = id << Byte.SIZE | (value[i] & 0xFF);
    }
    if (id != schemaId) {
      throw new IOException("got the schema id " + id);
    }
  }

  /** Puts values where they belong; the slot behind the features is the time. */
  private static final class Into implements AvroSink {

    private final int timeSlot;
    private @Nullable EventFields found;

    Into(int timeSlot) {
      this.timeSlot = timeSlot;
    }

    @Override
    public void number(int slot, double value) {
      if (slot == timeSlot) {
        found().time().takeNumber(value);
      } else {
        found().take(slot, value);
      }
    }

    @Override
    public void missing(int slot) {
      if (slot == timeSlot) {
        found().time().lack();
      } else {
        found().lack(slot, "is null");
      }
    }

    @Override
    public void text(int slot, String value) {
      found().time().takeText(value);
    }

    @Override
    public void other(int slot, String kind) {
      if (slot == timeSlot) {
        found().time().takeOther(kind);
      } else {
        found().takeOther(slot, kind);
      }
    }

    private EventFields found() {
      if (found == null) {
        throw new IllegalStateException("nothing is read");
      }
      return found;
    }
  }
}
