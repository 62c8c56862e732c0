package io.chartflow.model.calibration;

import io.chartflow.model.linalg.Bytes;
import java.util.Arrays;
import org.apache.datasketches.quantilescommon.FloatsSortedView;

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
  public static final PValues EMPTY = new PValues(Bytes.EMPTY, new float[0], new long[0]);

  private final Bytes sketch;
  private final float[] surprisals;
  private final long[] upTo;

  private PValues(Bytes sketch, float[] surprisals, long[] upTo) {
    this.sketch = sketch;
    this.surprisals = surprisals;
    this.upTo = upTo;
  }

  /**
   * The p-values of a sketch's bytes, as {@link #sketch} gave them; of no bytes, {@link #EMPTY}.
   *
   * @throws IllegalArgumentException if they are not those of a sketch
   */
  public static PValues of(Bytes sketch) {
    if (sketch.size() == 0) {
      return EMPTY;
    }
    FloatsSortedView view = Sketches.decode(sketch).getSortedView();
    return new PValues(sketch, view.getQuantiles(), view.getCumulativeWeights());
  }

  /** The bytes of the sketch, none if this is empty. At the default window about 20 KB. */
  public Bytes sketch() {
    return sketch;
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
    float s = rounded(surprisal);
    int low = 0;
    int high = surprisals.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (surprisals[middle] < s) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    long below = low == 0 ? 0 : upTo[low - 1];
    return (1.0 + (n() - below)) / (n() + 1.0);
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
    return other instanceof PValues that && sketch.equals(that.sketch);
  }

  @Override
  public int hashCode() {
    return sketch.hashCode();
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
