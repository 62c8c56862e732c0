package io.chartflow.connect.event;

import io.chartflow.connect.config.SchemaConfig;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads packed numbers: exactly {@code D} of them in the schema's order, little-endian, of 4 bytes
 * (IEEE 754 single precision) or of 8 (double). NaN is a field that is missing where the schema
 * lets it be missing.
 */
final class PackedReader implements EventReader {

  private static final VarHandle FLOATS =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle DOUBLES =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

  private final int dimension;
  private final int width;

  PackedReader(SchemaConfig schema) {
    this.dimension = schema.dimension();
    this.width = schema.format().width();
  }

  @Override
  public String expected() {
    return dimension * width
        + " bytes, "
        + dimension
        + " little-endian float"
        + width * Byte.SIZE
        + (dimension == 1 ? " number" : " numbers");
  }

  @Override
  public void read(byte[] value, EventFields found) throws IOException {
    if (value.length != dimension * width) {
      throw new IOException("got " + value.length + " bytes");
    }
    for (int i = 0; i < dimension; i++) {
      double number =
          width == Float.BYTES
              ? (float) FLOATS.get(value, i * width)
              : (double) DOUBLES.get(value, i * width);
      if (Double.isNaN(number) && found.mayLack(i)) {
        found.lack(i, "is NaN");
      } else {
        found.take(i, number);
      }
    }
  }
}
