package io.chartflow.bench.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.chartflow.connect.avro.AvroSchema;
import io.chartflow.connect.config.AvroConfig;
import io.chartflow.connect.config.EventFormat;
import io.chartflow.connect.config.SchemaConfig;
import io.chartflow.connect.event.RawEvent;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Events in each format, with the same numbers: standard normal, in single precision. */
final class WrittenEvents {

  private static final long SEED = 7;

  private WrittenEvents() {}

  /** A schema of features {@code x0, x1, …}. */
  static SchemaConfig schema(EventFormat format, int dimension) {
    String[] names = IntStream.range(0, dimension).mapToObj(j -> "x" + j).toArray(String[]::new);
    SchemaConfig schema = SchemaConfig.ofNames(names);
    return format == EventFormat.AVRO
        ? schema.withAvro(new AvroConfig(avroSchema(names), null))
        : schema.withFormat(format);
  }

  private static String avroSchema(String[] names) {
    return Stream.of(names)
        .map(name -> "{\"name\":\"" + name + "\",\"type\":\"float\"}")
        .collect(
            Collectors.joining(
                ",", "{\"type\":\"record\",\"name\":\"Written\",\"fields\":[", "]}"));
  }

  /** So many events of a schema. */
  static RawEvent[] of(SchemaConfig schema, int count) {
    Random random = new Random(SEED);
    RawEvent[] events = new RawEvent[count];
    for (int i = 0; i < count; i++) {
      float[] values = new float[schema.dimension()];
      for (int j = 0; j < values.length; j++) {
        values[j] = (float) random.nextGaussian();
      }
      events[i] = new RawEvent("events", 0, i, 1, null, bytes(schema, values));
    }
    return events;
  }

  private static byte[] bytes(SchemaConfig schema, float[] values) {
    return switch (schema.format()) {
      case JSON -> json(values);
      case PACKED_FLOATS, PACKED_DOUBLES -> packed(values, schema.format().width());
      case AVRO -> avro(schema, values);
    };
  }

  private static byte[] json(float[] values) {
    StringBuilder text = new StringBuilder();
    for (int j = 0; j < values.length; j++) {
      text.append(j == 0 ? "{\"x" : ",\"x").append(j).append("\":").append((double) values[j]);
    }
    return text.append('}').toString().getBytes(UTF_8);
  }

  private static byte[] avro(SchemaConfig schema, float[] values) {
    return AvroSchema.parse(schema.requireAvro().schema())
        .writer(schema.names())
        .write(IntStream.range(0, values.length).mapToDouble(j -> values[j]).toArray());
  }

  private static byte[] packed(float[] values, int width) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * width).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      if (width == Float.BYTES) {
        bytes.putFloat(value);
      } else {
        bytes.putDouble(value);
      }
    }
    return bytes.array();
  }
}
