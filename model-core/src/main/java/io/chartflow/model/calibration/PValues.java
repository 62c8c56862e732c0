package io.chartflow.model.calibration;

import io.chartflow.model.linalg.Bytes;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * {@code p(s) = (1 + #{i : s_i ≥ s})/(n + 1)}: how often a surprisal of at least {@code s} came
 * before, among {@code n} events. Immutable; part of an atlas version, so that a p-value is a
 * function of the event and the version.
 *
 * <p>If the event comes from where the {@code n} came from, {@code P(p ≤ α) ≤ α} but for the error
 * of the sketch, see {@link Calibrator}. Never 0, never above 1, and never larger for a larger
 * surprisal. Surprisals are told apart to the precision of a float.
 */
public final class PValues {

  /** Of no events: there is no p-value yet. */
  public static final PValues EMPTY = new PValues(new float[0], new long[0]);

  private static final int ITEM_BYTES = Float.BYTES + Integer.BYTES;

  private final float[] surprisals;
  private final long[] upTo;

  /** The surprisals as ints of their order, which can be compared without a branch. */
  private final int[] places;

  private PValues(float[] surprisals, long[] upTo) {
    this.surprisals = surprisals;
    this.upTo = upTo;
    this.places = new int[surprisals.length];
    for (int i = 0; i < places.length; i++) {
      places[i] = place(surprisals[i]);
    }
  }

  /**
   * Of surprisals and how many events are counted at each. One that counts none is left out, which
   * changes no p-value: a sketch that lost its smallest item puts it back at the cost of the next.
   *
   * @param surprisals in ascending order
   * @param upTo events counted up to and with each
   */
  static PValues of(float[] surprisals, long[] upTo) {
    float[] kept = new float[surprisals.length];
    long[] keptUpTo = new long[upTo.length];
    int items = 0;
    for (int i = 0; i < surprisals.length; i++) {
      if (upTo[i] > (items == 0 ? 0 : keptUpTo[items - 1])) {
        kept[items] = surprisals[i];
        keptUpTo[items++] = upTo[i];
      }
    }
    return new PValues(Arrays.copyOf(kept, items), Arrays.copyOf(keptUpTo, items));
  }

  /**
   * The p-values whose {@link #bytes} these are; of no bytes, {@link #EMPTY}.
   *
   * @throws IllegalArgumentException if they are of none
   */
  public static PValues of(Bytes bytes) {
    int items = bytes.size() / ITEM_BYTES;
    if (bytes.size() % ITEM_BYTES != 0) {
      throw malformed(bytes, "not a multiple of " + ITEM_BYTES);
    }
    ByteBuffer in = ByteBuffer.wrap(bytes.toArray());
    float[] surprisals = new float[items];
    long[] upTo = new long[items];
    long sum = 0;
    for (int i = 0; i < items; i++) {
      surprisals[i] = in.getFloat();
      int count = in.getInt();
      if (count <= 0) {
        throw malformed(bytes, "item %d counts %d events".formatted(i, count));
      }
      if (i == 0 ? Float.isNaN(surprisals[0]) : !(surprisals[i] >= surprisals[i - 1])) {
        throw malformed(bytes, "item %d is out of order".formatted(i));
      }
      sum += count;
      upTo[i] = sum;
    }
    return items == 0 ? EMPTY : new PValues(surprisals, upTo);
  }

  /**
   * For each item the surprisal as a float and the number of events that it counts for as an int,
   * big-endian; none if this is empty. At the default window about 40 KB.
   */
  public Bytes bytes() {
    ByteBuffer out = ByteBuffer.allocate(surprisals.length * ITEM_BYTES);
    for (int i = 0; i < surprisals.length; i++) {
      out.putFloat(surprisals[i]);
      out.putInt(Math.toIntExact(i == 0 ? upTo[0] : upTo[i] - upTo[i - 1]));
    }
    return Bytes.copyOf(out.array());
  }

  /** Number of events {@code n} that the p-values are of. */
  public long n() {
    return upTo.length == 0 ? 0 : upTo[upTo.length - 1];
  }

  /** Whether there was no event, so that there is no p-value. */
  public boolean isEmpty() {
    return upTo.length == 0;
  }

  /**
   * The p-value of a surprisal in nats: 1/(n+1) above all that came before, 1 at or below the
   * smallest. Infinite surprisals have their place above and below all finite ones.
   *
   * @throws IllegalStateException if this is empty
   * @throws IllegalArgumentException if the surprisal is no number
   */
  public double pValue(double surprisal) {
    if (isEmpty()) {
      throw new IllegalStateException("no event was calibrated on: ask isEmpty() before pValue()");
    }
    int smaller = smallerThan(place(rounded(surprisal)));
    long below = smaller == 0 ? 0 : upTo[smaller - 1];
    return (1.0 + (n() - below)) / (n() + 1.0);
  }

  /**
   * How many items are smaller. As many steps for every surprisal, and none that the processor has
   * to guess, so that it looks for several at once: 31 ns among 5,000 items, with branches 51.
   */
  private int smallerThan(int place) {
    int low = 0;
    int rest = places.length;
    while (rest > 0) {
      int half = (rest + 1) >>> 1;
      low += half & (int) (((long) places[low + half - 1] - place) >> 63);
      rest -= half;
    }
    return low;
  }

  /** An int for each float such that their orders are the same, one for both zeros; not for NaN. */
  private static int place(float surprisal) {
    int bits = Float.floatToRawIntBits(surprisal + 0f);
    return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
  }

  private static IllegalArgumentException malformed(Bytes bytes, String what) {
    return new IllegalArgumentException(
        "expected p-values, got %d bytes that are none: %s".formatted(bytes.size(), what));
  }

  /** The surprisal as it is compared; rounding keeps the order. */
  static float rounded(double surprisal) {
    if (Double.isNaN(surprisal)) {
      throw new IllegalArgumentException("expected a surprisal in nats, got NaN");
    }
    return (float) surprisal;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PValues that
        && Arrays.equals(surprisals, that.surprisals)
        && Arrays.equals(upTo, that.upTo);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(surprisals) + Arrays.hashCode(upTo);
  }

  @Override
  public String toString() {
    return "PValues[n=" + n() + ", " + Arrays.toString(range()) + "]";
  }

  private float[] range() {
    return isEmpty()
        ? new float[0]
        : new float[] {surprisals[0], surprisals[surprisals.length - 1]};
  }
}
