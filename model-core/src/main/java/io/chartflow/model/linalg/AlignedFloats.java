package io.chartflow.model.linalg;

/**
 * Working memory whose floats begin with a {@linkplain CacheLines line of the cache}, as far as
 * that is known. Grows, never shrinks.
 */
public final class AlignedFloats {

  private final float[][] data = {new float[0]};
  private int start;

  /** Makes room for so many; what was there is lost. */
  public void reserve(int count) {
    int room = Math.addExact(count, CacheLines.FLOATS);
    if (data[0].length < room) {
      data[0] = new float[room];
    }
    start = CacheLines.skip(data, 0);
  }

  /**
   * The same, but asks where they lie only if there was no room: to ask is a call of the virtual
   * machine, too long for each block of a pass.
   */
  public void grow(int count) {
    if (data[0].length < Math.addExact(count, CacheLines.FLOATS)) {
      reserve(count);
    }
  }

  /** Where they lie, from {@link #start} on. */
  public float[] data() {
    return data[0];
  }

  /** Index of the first. */
  public int start() {
    return start;
  }
}
