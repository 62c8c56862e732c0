package io.chartflow.local.produce;

import io.chartflow.connect.avro.AvroSchema;
import io.chartflow.connect.avro.AvroWriter;
import io.chartflow.connect.config.AvroConfig;
import io.chartflow.connect.config.FieldConfig;
import io.chartflow.connect.config.SchemaConfig;
import io.chartflow.local.data.EventSource;
import java.nio.ByteBuffer;

/**
 * Events of a data set as Avro records of the schema's writer, behind Confluent's header where the
 * schema has an id. A cell of a file that is not a number is null where that may be, else NaN.
 */
final class EventAvro implements EventBytes {

  private final AvroConfig avro;
  private final AvroWriter writer;
  private final double[] values;

  EventAvro(SchemaConfig schema) {
    this.avro = schema.requireAvro();
    this.writer =
        AvroSchema.parse(avro.schema())
            .writer(schema.fields().stream().map(FieldConfig::path).toList());
    this.values = new double[schema.dimension()];
  }

  @Override
  public byte[] bytes(EventSource event) {
    event.copyTo(values);
    byte[] record = writer.write(values);
    if (avro.schemaId() == null) {
      return record;
    }
    return ByteBuffer.allocate(5 + record.length)
        .put((byte) 0)
        .putInt(avro.schemaId())
        .put(record)
        .array();
  }
}
