package io.chartflow.connect.density;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A buffer of JSON in UTF-8 that grows as it has to and is used anew for each text: pieces that are
 * JSON already, numbers as {@code Double.toString} of JDK 19 and later writes them, text in quotes.
 *
 * <p>A double that was the last one of this text, but for its sign, is copied from there: a record
 * tells a log-density and its negative. Digits are cut into groups of eight, each made in the bytes
 * of one long by three multiplications: a division for every two was most of what a number cost.
 */
final class JsonBytes {

  private static final int LONGEST_NUMBER = 26;
  private static final int HALF = 100_000_000;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** The character zero in each byte. */
  private static final long ZEROS = 0x3030303030303030L;

  private final Decimals decimals = new Decimals();
  private final byte[] scratch = new byte[3 * Long.BYTES];
  private byte[] bytes = new byte[1024];
  private int size;
  private int digitsAt;

  /** The last double above zero that was written to this text, where it stands and how long. */
  private double last = Double.NaN;

  private int lastAt;
  private int lastLength;

  /** Forgets what was written. */
  void clear() {
    size = 0;
    last = Double.NaN;
  }

  /** Number of bytes written. */
  int size() {
    return size;
  }

  /** What was written from there on, in an array of its own. */
  byte[] toArray(int from) {
    return Arrays.copyOfRange(bytes, from, size);
  }

  /** Writes what is JSON already. */
  void piece(byte[] json) {
    room(json.length);
    System.arraycopy(json, 0, bytes, size, json.length);
    size += json.length;
  }

  /** Writes one character of ASCII. */
  void piece(char ascii) {
    room(1);
    bytes[size++] = (byte) ascii;
  }

  /** Writes text in quotes. */
  void text(String text) {
    int length = text.length();
    room(length + 2);
    int at = size;
    bytes[at++] = '"';
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        quoted(text);
        return;
      }
      bytes[at++] = (byte) c;
    }
    bytes[at++] = '"';
    size = at;
  }

  private void quoted(String text) {
    piece('"');
    piece(JsonStringEncoder.getInstance().quoteAsUTF8(text));
    piece('"');
  }

  /** Writes a whole number. */
  void number(long value) {
    room(LONGEST_NUMBER);
    if (value < 0) {
      bytes[size++] = '-';
    }
    int length = digits(value);
    System.arraycopy(scratch, scratch.length - length, bytes, size, length);
    size += length;
  }

  /** Writes a number; one that is not finite as its name in quotes. */
  void number(double value) {
    if (!Double.isFinite(value)) {
      text(Double.toString(value));
      return;
    }
    room(LONGEST_NUMBER);
    if (Double.doubleToRawLongBits(value) < 0) {
      bytes[size++] = '-';
    }
    if (value == 0) {
      zero();
      return;
    }
    double magnitude = Math.abs(value);
    if (magnitude == last) {
      System.arraycopy(bytes, lastAt, bytes, size, lastLength);
      size += lastLength;
      return;
    }
    last = magnitude;
    lastAt = size;
    decimals.of(magnitude);
    decimal();
    lastLength = size - lastAt;
  }

  /** Writes a number; one that is not finite as its name in quotes. */
  void number(float value) {
    if (!Float.isFinite(value)) {
      text(Float.toString(value));
      return;
    }
    room(LONGEST_NUMBER);
    if (Float.floatToRawIntBits(value) < 0) {
      bytes[size++] = '-';
    }
    if (value == 0) {
      zero();
    } else {
      decimals.of(Math.abs(value));
      decimal();
    }
  }

  private void zero() {
    bytes[size++] = '0';
    bytes[size++] = '.';
    bytes[size++] = '0';
  }

  /** Writes {@code 0.00123}, {@code 12.3}, {@code 123.0} or {@code 1.23E10}. */
  private void decimal() {
    int length = digits(decimals.digits());
    int point = length + decimals.exponent(); // digits before the point
    if (point > 7 || point < -2) {
      split(length, 1);
      bytes[size++] = 'E';
      number(point - 1L);
    } else if (point > 0) {
      split(length, point);
    } else {
      bytes[size++] = '0';
      bytes[size++] = '.';
      zeros(-point);
      copy(0, length);
    }
  }

  /** Writes the digits with the point after so many of them, and a zero where there is none. */
  private void split(int length, int point) {
    int before = Math.min(length, point);
    copy(0, before);
    zeros(point - before);
    bytes[size++] = '.';
    copy(before, length - before);
    zeros(length > point ? 0 : 1);
  }

  private void zeros(int count) {
    for (int i = 0; i < count; i++) {
      bytes[size++] = '0';
    }
  }

  private void copy(int from, int count) {
    System.arraycopy(scratch, digitsAt + from, bytes, size, count);
    size += count;
  }

  /** Puts the digits of a number's absolute value at the end of the scratch; how many there are. */
  private int digits(long value) {
    int at = scratch.length;
    long rest = value;
    while (rest <= -HALF || rest >= HALF) {
      long high = rest / HALF;
      at -= Long.BYTES;
      LONGS.set(scratch, at, ZEROS + eight((int) Math.abs(rest - high * HALF)));
      rest = high;
    }
    int left = (int) Math.abs(rest);
    if (left < 10) {
      scratch[--at] = (byte) ('0' + left);
    } else {
      long digits = eight(left);
      at -= Long.BYTES;
      LONGS.set(scratch, at, ZEROS + digits);
      at += Long.numberOfTrailingZeros(digits) / Byte.SIZE;
    }
    digitsAt = at;
    return scratch.length - at;
  }

  /**
   * The eight digits of a number below 10⁸, the first in the lowest byte. Two halves in ints, four
   * numbers below 100 in shorts, eight digits in bytes; {@code 10486/2^20} and {@code 103/2^10} are
   * hundredths and tenths that are exact for them.
   */
  private static long eight(int number) {
    int high = number / 10_000;
    long halves = high | (long) (number - 10_000 * high) << 32;
    long hundreds = ((halves * 10_486) >>> 20) & 0x7F_0000_007FL;
    long pairs = hundreds | (halves - 100 * hundreds) << 16;
    long tens = ((pairs * 103) >>> 10) & 0xF_000F_000F_000FL;
    return tens | (pairs - 10 * tens) << 8;
  }

  private void room(int count) {
    if (size + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + count));
    }
  }
}
