package io.chartflow.model.codec;

import io.chartflow.model.linalg.Bytes;
import io.chartflow.model.linalg.Doubles;
import io.chartflow.model.linalg.Floats;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.zip.CRC32C;

/** Reads what an {@link Encoder} wrote; whatever else comes is refused with its reason. */
final class Decoder {

  private static final int OVERHEAD = 3 * Integer.BYTES;

  private final ByteBuffer in;
  private final int version;

  private Decoder(ByteBuffer in, int version) {
    this.in = in;
    this.version = version;
  }

  /** The format version of the bytes. */
  int version() {
    return version;
  }

  /**
   * Checks magic, version and checksum, then reads the rest.
   *
   * @param what is expected, for messages
   * @throws CodecException for anything that is not those bytes
   */
  static <T> T decode(byte[] bytes, String what, int magic, int newest, Function<Decoder, T> body) {
    if (bytes.length < OVERHEAD) {
      throw new CodecException(
          "expected %s of at least %d bytes, got %d".formatted(what, OVERHEAD, bytes.length));
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, 0, bytes.length - Integer.BYTES);
    int foundMagic = in.getInt();
    if (foundMagic != magic) {
      throw new CodecException(
          "expected %s, which begins with %08x, got %08x".formatted(what, magic, foundMagic));
    }
    int foundVersion = in.getInt();
    if (foundVersion < 1 || foundVersion > newest) {
      throw new CodecException(
          "expected %s of format version 1 to %d, got version %d"
              .formatted(what, newest, foundVersion));
    }
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, bytes.length - Integer.BYTES);
    int stored = ByteBuffer.wrap(bytes).getInt(bytes.length - Integer.BYTES);
    if (stored != (int) checksum.getValue()) {
      throw new CodecException(
          "the checksum of %s is %08x, its %d bytes give %08x: it was damaged"
              .formatted(what, stored, bytes.length, (int) checksum.getValue()));
    }
    Decoder decoder = new Decoder(in, foundVersion);
    try {
      T value = body.apply(decoder);
      if (in.hasRemaining()) {
        throw new CodecException(in.remaining() + " bytes are left after " + what);
      }
      return value;
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new CodecException("%s is not well-formed: %s".formatted(what, e));
    }
  }

  int getInt() {
    return in.getInt();
  }

  long getLong() {
    return in.getLong();
  }

  double getDouble() {
    return Double.longBitsToDouble(in.getLong());
  }

  String getString() {
    byte[] bytes = new byte[size(1)];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  Bytes getBytes() {
    byte[] bytes = new byte[size(1)];
    in.get(bytes);
    return Bytes.copyOf(bytes);
  }

  Floats getFloats() {
    float[] values = new float[size(Float.BYTES)];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat(in.getInt());
    }
    return Floats.copyOf(values);
  }

  Doubles getDoubles() {
    double[] values = new double[size(Double.BYTES)];
    for (int i = 0; i < values.length; i++) {
      values[i] = getDouble();
    }
    return Doubles.copyOf(values);
  }

  private int size(int elementBytes) {
    int size = in.getInt();
    if (size < 0 || (long) size * elementBytes > in.remaining()) {
      throw new CodecException(
          "a length of %d does not fit the %d bytes that are left".formatted(size, in.remaining()));
    }
    return size;
  }
}
