package io.chartflow.connect.density;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Arrays;

/**
 * A buffer of JSON in UTF-8 that grows as it has to and is used anew for each text: pieces that are
 * JSON already, numbers as {@code Double.toString} of JDK 19 and later writes them, text in quotes.
 */
final class JsonBytes {

  private static final int LONGEST_NUMBER = 26;

  private final Decimals decimals = new Decimals();
  private final byte[] scratch = new byte[20];
  private byte[] bytes = new byte[1024];
  private int size;
  private int digitsAt;

  /** Forgets what was written. */
  void clear() {
    size = 0;
  }

  /** What was written, in an array of its own. */
  byte[] toArray() {
    return Arrays.copyOf(bytes, size);
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
    } else {
      decimals.of(Math.abs(value));
      decimal();
    }
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
    do {
      scratch[--at] = (byte) ('0' + Math.abs(rest % 10));
      rest /= 10;
    } while (rest != 0);
    digitsAt = at;
    return scratch.length - at;
  }

  private void room(int count) {
    if (size + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + count));
    }
  }
}
