package io.chartflow.local.produce;

import io.chartflow.connect.config.SchemaConfig;
import io.chartflow.local.data.EventSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Events of a data set as packed numbers; a cell of a file that is not a number is NaN. */
final class EventPacked implements EventBytes {

  private final int dimension;
  private final int width;

  EventPacked(SchemaConfig schema) {
    this.dimension = schema.dimension();
    this.width = schema.format().width();
  }

  @Override
  public byte[] bytes(EventSource event) {
    ByteBuffer bytes = ByteBuffer.allocate(dimension * width).order(ByteOrder.LITTLE_ENDIAN);
    for (int j = 0; j < dimension; j++) {
      if (width == Float.BYTES) {
        bytes.putFloat((float) event.value(j));
      } else {
        bytes.putDouble(event.value(j));
      }
    }
    return bytes.array();
  }
}
