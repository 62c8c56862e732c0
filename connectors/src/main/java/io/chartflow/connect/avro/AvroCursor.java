package io.chartflow.connect.avro;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads the primitives of Avro's binary encoding out of one array: zigzag varints, little-endian
 * IEEE 754 numbers, lengths. Every length and index is checked before it is believed, so that bytes
 * of any kind cost no more time and memory than their number; Avro's own decoder takes a negative
 * length for an empty string.
 *
 * <p>Methods throw an {@link IOException} that says what came and at which byte.
 */
final class AvroCursor {

  /** Records inside of records; a schema may be recursive, a thread's stack is not endless. */
  private static final int DEEPEST = 64;

  private static final VarHandle FLOATS =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle DOUBLES =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[0];
  private int at;
  private int depth;

  /** Goes to a byte of an array. */
  void reset(byte[] array, int from) {
    bytes = array;
    at = from;
    depth = 0;
  }

  /** The next byte's place. */
  int position() {
    return at;
  }

  long readLong() throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = bytes[take(1)];
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw new IOException("got a number of more than 10 bytes before byte " + at);
  }

  int readInt() throws IOException {
    long value = readLong();
    if (value != (int) value) {
      throw new IOException("got the int " + value + " before byte " + at);
    }
    return (int) value;
  }

  float readFloat() throws IOException {
    return (float) FLOATS.get(bytes, take(Float.BYTES));
  }

  double readDouble() throws IOException {
    return (double) DOUBLES.get(bytes, take(Double.BYTES));
  }

  boolean readBoolean() throws IOException {
    byte value = bytes[take(1)];
    if (value != 0 && value != 1) {
      throw new IOException("got the boolean " + value + " before byte " + at);
    }
    return value == 1;
  }

  /** The index of a union's branch or of an enum's symbol, below {@code size}. */
  int readIndex(int size) throws IOException {
    long index = readLong();
    if (index < 0 || index >= size) {
      throw new IOException("got the index " + index + " of " + size + " before byte " + at);
    }
    return (int) index;
  }

  String readText() throws IOException {
    int length = readLength();
    return new String(bytes, take(length), length, UTF_8);
  }

  /** Passes over a string or bytes. */
  void skipText() throws IOException {
    take(readLength());
  }

  /** Passes over so many bytes. */
  void skip(int count) throws IOException {
    take(count);
  }

  /**
   * The number of items of an array's or map's next block, 0 after the last. Blocks that tell their
   * length are passed over.
   */
  long readBlock() throws IOException {
    long count = readLong();
    while (count < 0) {
      take(readLength());
      count = readLong();
    }
    return count;
  }

  /** Enters a record. */
  void descend() throws IOException {
    if (++depth > DEEPEST) {
      throw new IOException("got more than " + DEEPEST + " records in each other at byte " + at);
    }
  }

  /** Leaves a record. */
  void ascend() {
    depth--;
  }

  /** Demands that nothing is left. */
  void finish() throws IOException {
    if (at != bytes.length) {
      throw new IOException("got " + (bytes.length - at) + " more bytes after byte " + at);
    }
  }

  private int readLength() throws IOException {
    long length = readLong();
    if (length < 0 || length > bytes.length - at) {
      throw new IOException(
          "got a length of " + length + " where " + (bytes.length - at) + " bytes follow");
    }
    return (int) length;
  }

  /** The place of the next bytes, which are passed over. */
  private int take(int count) throws IOException {
    int from = at;
    if (count > bytes.length - from) {
      throw new IOException("got the end after " + bytes.length + " bytes");
    }
    at = from + count;
    return from;
  }
}
