package io.chartflow.model.codec;

import io.chartflow.model.linalg.Bytes;
import io.chartflow.model.linalg.Doubles;
import io.chartflow.model.linalg.Floats;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Writes big-endian primitives; {@link #finish} appends the CRC-32C of all before it. Magic and
 * version come first.
 */
final class Encoder {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  Encoder(int magic, int version) {
    putInt(magic);
    putInt(version);
  }

  void putInt(int value) {
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
  }

  void putLong(long value) {
    out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }

  void putDouble(double value) {
    putLong(Double.doubleToRawLongBits(value));
  }

  void putString(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    putInt(bytes.length);
    out.writeBytes(bytes);
  }

  void putBytes(Bytes bytes) {
    putInt(bytes.size());
    out.writeBytes(bytes.toArray());
  }

  void putFloats(Floats values) {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + values.size() * Float.BYTES);
    bytes.putInt(values.size());
    for (int i = 0; i < values.size(); i++) {
      bytes.putInt(Float.floatToRawIntBits(values.get(i)));
    }
    out.writeBytes(bytes.array());
  }

  void putDoubles(Doubles values) {
    putInt(values.size());
    for (int i = 0; i < values.size(); i++) {
      putDouble(values.get(i));
    }
  }

  byte[] finish() {
    CRC32C checksum = new CRC32C();
    checksum.update(out.toByteArray());
    putInt((int) checksum.getValue());
    return out.toByteArray();
  }
}
