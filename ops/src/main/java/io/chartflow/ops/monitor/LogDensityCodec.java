package io.chartflow.ops.monitor;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** {@link LogDensities} as bytes, and from the bytes that the sketch's library wrote before. */
final class LogDensityCodec {

  private static final int HEADER = 8;
  private static final int EMPTY = 1;
  private static final int SINGLE = 4;

  private LogDensityCodec() {}

  /**
   * Sum, smallest and largest; how many levels there are, and for each level, {@code e} from 0, how
   * many values stand for {@code 2^e}, and those, ascending. Equal contents give equal bytes.
   */
  static void write(LogDensities logDensities, DataOutputStream out) throws IOException {
    double[] values = logDensities.values();
    byte[] exponents = logDensities.exponents();
    int levels = 0;
    for (byte exponent : exponents) {
      levels = Math.max(levels, exponent + 1);
    }
    out.writeDouble(logDensities.sum());
    out.writeDouble(logDensities.min());
    out.writeDouble(logDensities.max());
    out.writeByte(levels);
    double[] level = new double[values.length];
    for (int e = 0; e < levels; e++) {
      int count = 0;
      for (int i = 0; i < values.length; i++) {
        if (exponents[i] == e) {
          level[count++] = values[i];
        }
      }
      Arrays.sort(level, 0, count);
      ByteBuffer bytes = ByteBuffer.allocate(count * Double.BYTES);
      bytes.asDoubleBuffer().put(level, 0, count);
      out.writeInt(count);
      out.write(bytes.array());
    }
  }

  static LogDensities read(DataInputStream in) throws IOException {
    double sum = in.readDouble();
    double min = in.readDouble();
    double max = in.readDouble();
    int levels = in.readUnsignedByte();
    double[] values = new double[0];
    byte[] exponents = new byte[0];
    for (int e = 0; e < levels; e++) {
      int from = values.length;
      int count = in.readInt();
      if (count < 0 || count > in.available() / Double.BYTES) {
        throw new IllegalArgumentException(
            "window partial: %d log-densities do not fit into %d bytes"
                .formatted(count, in.available()));
      }
      values = Arrays.copyOf(values, from + count);
      exponents = Arrays.copyOf(exponents, from + count);
      Arrays.fill(exponents, from, from + count, (byte) e);
      for (int i = from; i < values.length; i++) {
        values[i] = in.readDouble();
      }
    }
    return new LogDensities(values, exponents, sum, min, max);
  }

  /**
   * Of a KLL sketch of doubles as Apache DataSketches 6 writes it, little-endian: eight bytes of
   * header; the count (8 bytes), the smallest k (2), the number of levels (1), one unused byte;
   * where each level begins (4 bytes each); the smallest and the largest value; the values, level
   * by level. A value of level {@code e} stands for {@code 2^e}. A sketch of one value has only
   * that behind its header, an empty one nothing.
   */
  static LogDensities ofSketch(byte[] sketch, double sum) {
    ByteBuffer in = ByteBuffer.wrap(sketch).order(ByteOrder.LITTLE_ENDIAN);
    byte flags = in.get(3);
    if ((flags & EMPTY) != 0) {
      return new LogDensities();
    }
    if ((flags & SINGLE) != 0) {
      double value = in.getDouble(HEADER);
      return new LogDensities(new double[] {value}, new byte[1], sum, value, value);
    }
    int levels = in.get(HEADER + 10);
    int[] begins = new int[levels];
    in.position(HEADER + 12);
    for (int level = 0; level < levels; level++) {
      begins[level] = in.getInt();
    }
    double min = in.getDouble();
    double max = in.getDouble();
    double[] values = new double[in.remaining() / Double.BYTES];
    byte[] exponents = new byte[values.length];
    for (int i = 0, level = 0; i < values.length; i++) {
      while (level + 1 < levels && begins[0] + i >= begins[level + 1]) {
        level++;
      }
      values[i] = in.getDouble();
      exponents[i] = (byte) level;
    }
    return new LogDensities(values, exponents, sum, min, max);
  }
}
