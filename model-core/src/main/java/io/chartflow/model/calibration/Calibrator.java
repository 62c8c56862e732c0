package io.chartflow.model.calibration;

import io.chartflow.model.linalg.Floats;
import java.util.ArrayDeque;
import org.apache.datasketches.req.ReqSketch;

/**
 * Remembers the surprisals {@code −log p(x)} of the last events, each taken before the model
 * learned from the event, as quantile sketches; {@link #freeze} makes p-values of them.
 *
 * <p>The window is {@value #BLOCKS} blocks, each a sketch once it is whole. When the next block
 * begins, the oldest goes: so p-values are of the last {@code window} events, less at most a block.
 * The surprisals themselves are kept as well, four bytes each, since a state is made of them.
 *
 * <p><b>Accuracy.</b> The count of surprisals above a threshold has a relative error of at most
 * about 0.5 % (two standard deviations), and none at all for the 512 largest.
 *
 * <p><b>Invariant.</b> Equal states give equal bytes of {@link #freeze}, on every run.
 *
 * <p>Source: Cormode, Karnin, Liberty, Thaler, Veselý, Relative Error Streaming Quantiles, PODS
 * 2021, as Apache DataSketches has it.
 */
public final class Calibrator {

  static final int BLOCKS = 16;

  private static final int SMALLEST_WINDOW = 1 << 8;
  private static final int LARGEST_WINDOW = 1 << 22;

  private final int window;
  private final ArrayDeque<Block> finished = new ArrayDeque<>();
  private final float[] unfinished;
  private int filled;

  /**
   * Nothing seen yet.
   *
   * @param window events to remember, in 256 … 2²⁶; a remainder by {@value #BLOCKS} is left off
   */
  public Calibrator(int window) {
    requireWindow(window);
    this.window = window;
    this.unfinished = new float[window / BLOCKS];
  }

  /** As it was. */
  public Calibrator(CalibratorState state) {
    this(state.window());
    for (int i = 0; i < state.surprisals().size(); i++) {
      add(state.surprisals().get(i));
    }
  }

  /**
   * Sees a surprisal, in nats. It is kept as a float; an infinite one is of an event that the model
   * holds for impossible (+∞) or infinitely dense (−∞).
   *
   * @throws IllegalArgumentException if it is no number
   */
  public void add(double surprisal) {
    float rounded = PValues.rounded(surprisal);
    if (filled == 0 && finished.size() == BLOCKS) {
      finished.removeFirst();
    }
    unfinished[filled++] = rounded;
    if (filled == unfinished.length) {
      finished.addLast(new Block(unfinished.clone(), Sketches.of(unfinished, filled)));
      filled = 0;
    }
  }

  /** Events that are remembered now. */
  public long count() {
    return (long) finished.size() * unfinished.length + filled;
  }

  /** Forgets everything: the model or the world has changed, and old surprisals mislead. */
  public void reset() {
    finished.clear();
    filled = 0;
  }

  /** The p-values of what is remembered. */
  public PValues freeze() {
    if (count() == 0) {
      return PValues.EMPTY;
    }
    ReqSketch merged = Sketches.create();
    finished.forEach(block -> merged.merge(block.sketch()));
    merged.merge(Sketches.of(unfinished, filled));
    return Sketches.pValues(merged);
  }

  /** A copy of everything. */
  public CalibratorState state() {
    float[] all = new float[Math.toIntExact(count())];
    int at = 0;
    for (Block block : finished) {
      System.arraycopy(block.surprisals(), 0, all, at, block.surprisals().length);
      at += block.surprisals().length;
    }
    System.arraycopy(unfinished, 0, all, at, filled);
    return new CalibratorState(window, Floats.copyOf(all));
  }

  static void requireWindow(int window) {
    if (window < SMALLEST_WINDOW || window > LARGEST_WINDOW) {
      throw new IllegalArgumentException(
          "calibration window must be between %d and %d, got %d"
              .formatted(SMALLEST_WINDOW, LARGEST_WINDOW, window));
    }
  }

  /** A whole block; nobody writes to its array. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Block(float[] surprisals, ReqSketch sketch) {}
}
