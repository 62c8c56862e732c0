package io.chartflow.model.linalg;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * Where the floats of an array lie to lines of the cache, {@value #FLOATS} floats each. A vector as
 * long as a line is loaded in one go where it begins with one; anywhere else it lies across two.
 *
 * <p>Java does not tell where an array lies. A reference does, read as the number that it is, which
 * takes {@code sun.misc.Unsafe}. What it says is advice: the collector may move the array at any
 * time, after which its vectors lie across lines, and nothing else changes. Where it can't be had,
 * as from Java 24 on, which warns of it, nothing is known, and all goes on as if arrays lay well.
 */
final class CacheLines {

  /** Floats of a line. */
  static final int FLOATS = 16;

  private static final int BYTES = FLOATS * Float.BYTES;
  private static final int LAST_JAVA = 23;

  private static final @Nullable Reader READER = Reader.find();

  private CacheLines() {}

  /** Whether {@link #skip} knows anything. */
  static boolean known() {
    return READER != null;
  }

  /**
   * Floats of the array {@code arrays[i]} before the first line that begins in it; 0 if unknown.
   */
  static int skip(float[][] arrays, int i) {
    return READER == null ? 0 : (int) (-READER.first(arrays, i) & (BYTES - 1)) / Float.BYTES;
  }

  /**
   * Reads references as numbers.
   *
   * @param get reads a reference: four bytes of an object, or eight
   * @param scale bytes of a reference
   * @param base where an array's references begin
   * @param shift what makes an address of a reference
   * @param floats where an array's floats begin
   */
  private record Reader(MethodHandle get, int scale, long base, int shift, long floats) {

    /** Objects that are looked at, at least two words each. */
    private static final int SOME = 64;

    private static final int WORD = 3; // objects begin at multiples of 2³ bytes

    static @Nullable Reader find() {
      if (Runtime.version().feature() > LAST_JAVA) {
        return null;
      }
      try {
        Class<?> type = Class.forName("sun.misc.Unsafe");
        Field field = type.getDeclaredField("theUnsafe");
        field.setAccessible(true);
        Object unsafe = field.get(null);
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        MethodType ofType = methodType(int.class, Class.class);
        MethodHandle base = lookup.bind(unsafe, "arrayBaseOffset", ofType);
        int scale =
            (int) lookup.bind(unsafe, "arrayIndexScale", ofType).invoke((Class<?>) float[][].class);
        MethodHandle get =
            scale == Long.BYTES
                ? lookup.bind(unsafe, "getLong", methodType(long.class, Object.class, long.class))
                : lookup
                    .bind(unsafe, "getInt", methodType(int.class, Object.class, long.class))
                    .asType(methodType(long.class, Object.class, long.class));
        int references = (int) base.invoke((Class<?>) float[][].class);
        int floats = (int) base.invoke((Class<?>) float[].class);
        Reader plain = new Reader(get, scale, references, 0, floats);
        return new Reader(get, scale, references, plain.shiftOfReferences(), floats);
      } catch (Throwable e) { // whatever a virtual machine has against it, we do without
        return null;
      }
    }

    /** References count bytes, or words where some are not multiples of a word's bytes. */
    private int shiftOfReferences() {
      float[][] some = new float[SOME][1];
      for (int i = 0; i < SOME; i++) {
        if ((first(some, i) - floats & (1 << WORD) - 1) != 0) {
          return WORD;
        }
      }
      return 0;
    }

    /** Address of the array's first float, or what is left of it after 32 bits. */
    long first(float[][] arrays, int i) {
      try {
        return ((long) get.invokeExact((Object) arrays, base + (long) i * scale) << shift) + floats;
      } catch (Throwable e) {
        throw new IllegalStateException("expected a reference, got none", e);
      }
    }
  }
}
