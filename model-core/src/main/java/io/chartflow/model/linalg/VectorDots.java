package io.chartflow.model.linalg;

import static io.chartflow.model.linalg.VectorTiles.LANES;
import static io.chartflow.model.linalg.VectorTiles.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/**
 * Products with a {@linkplain Packed narrow} right factor, as dot products along the rows of the
 * left: a tile would leave most of each vector empty. Four columns at a time; those that are
 * missing are zeros. Where a vector is shorter than the sixteen partial sums, several passes make
 * them. Working memory of one thread.
 */
final class VectorDots {

  private static final int COLUMNS = Packed.NARROW;
  private static final int PARTS = Packed.PARTS;

  /** Rows whose sums are held aside together. */
  private static final int BLOCK = 16;

  private static final VectorShuffle<Float> BY_HALF = by(LANES / 2);
  private static final VectorShuffle<Float> BY_QUARTER = by(LANES / 4);
  private static final VectorMask<Float> SECOND_HALF = second(LANES / 2);
  private static final VectorMask<Float> SECOND_QUARTERS = second(LANES / 4);
  private static final VectorShuffle<Float> BY_TWO = by(2);
  private static final VectorShuffle<Float> BY_ONE = by(1);

  /** Where the sum of a column lies after {@link #fold}. */
  private static final int[] LANE = {0, LANES / 2, LANES / 4, LANES / 2 + LANES / 4};

  private static final ThreadLocal<VectorDots> OF_THREAD = ThreadLocal.withInitial(VectorDots::new);

  /** Of each row of a block, the partial sums of four columns; of few columns two rows share it. */
  private final float[] parts = new float[BLOCK * COLUMNS * PARTS];

  private final float[] sums = new float[BLOCK * LANES];

  private VectorDots() {}

  /** Lays out {@code b}: of each sixteen rows the first column, then the second. */
  static void pack(Packed b) {
    Matrix w = b.matrix();
    AlignedFloats parts = b.layOut(w.rows() * COLUMNS);
    float[] panel = parts.data();
    for (int p = 0; p < w.rows(); p++) {
      int to = parts.start() + p / PARTS * PARTS * COLUMNS + p % PARTS;
      for (int j = 0; j < w.cols(); j++) {
        panel[to + j * PARTS] = w.get(p, j);
      }
    }
  }

  /**
   * {@code c = start + a·b}; the start of element (i, j) is {@code start[at + i·step + j]}.
   *
   * @param relu whether {@code a} becomes {@code max(a, 0)} first, in place
   */
  static void product(Matrix a, boolean relu, Packed b, float[] start, int at, int step, Matrix c) {
    VectorDots dots = OF_THREAD.get();
    float[] panel = b.parts().data();
    int first = b.parts().start();
    int together = c.cols() <= 2 ? 2 : 1;
    for (int i = 0; i < a.rows(); i += BLOCK) {
      int end = Math.min(a.rows(), i + BLOCK);
      for (int part = 0; part < PARTS; part += LANES) {
        if (together == 2) {
          partsOfTwo(a, i, end, relu, panel, first, part, dots.parts);
        } else {
          parts(a, i, end, relu, panel, first, part, dots.parts);
        }
      }
      dots.fold(i, end, together, start, at, step, c);
    }
  }

  /** Partial sums {@code part … part + LANES − 1} of each row's products with four columns. */
  private static void parts(
      Matrix a, int from, int to, boolean relu, float[] panel, int first, int part, float[] parts) {
    float[] x = a.data();
    int inner = a.cols();
    float least = relu ? 0f : Float.NEGATIVE_INFINITY;
    for (int r = from; r < to; r++) {
      int at = a.row(r) + part;
      FloatVector s0 = FloatVector.zero(SPECIES);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      for (int p = 0; p < inner; p += PARTS) {
        FloatVector v = FloatVector.fromArray(SPECIES, x, at + p);
        v = v.blend(least, v.compare(VectorOperators.LE, least));
        if (relu) {
          v.intoArray(x, at + p);
        }
        int w = first + p * COLUMNS + part;
        s0 = v.fma(FloatVector.fromArray(SPECIES, panel, w), s0);
        s1 = v.fma(FloatVector.fromArray(SPECIES, panel, w + PARTS), s1);
        s2 = v.fma(FloatVector.fromArray(SPECIES, panel, w + 2 * PARTS), s2);
        s3 = v.fma(FloatVector.fromArray(SPECIES, panel, w + 3 * PARTS), s3);
      }
      int to0 = (r - from) * COLUMNS * PARTS + part;
      s0.intoArray(parts, to0);
      s1.intoArray(parts, to0 + PARTS);
      s2.intoArray(parts, to0 + 2 * PARTS);
      s3.intoArray(parts, to0 + 3 * PARTS);
    }
  }

  /** As {@link #parts}, of two columns; the second row of two takes the place of two columns. */
  private static void partsOfTwo(
      Matrix a, int from, int to, boolean relu, float[] panel, int first, int part, float[] parts) {
    float[] x = a.data();
    int inner = a.cols();
    float least = relu ? 0f : Float.NEGATIVE_INFINITY;
    for (int r = from; r < to; r += 2) {
      int at = a.row(r) + part;
      int next = a.row(Math.min(r + 1, to - 1)) + part;
      FloatVector s0 = FloatVector.zero(SPECIES);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      for (int p = 0; p < inner; p += PARTS) {
        FloatVector v = FloatVector.fromArray(SPECIES, x, at + p);
        FloatVector u = FloatVector.fromArray(SPECIES, x, next + p);
        v = v.blend(least, v.compare(VectorOperators.LE, least));
        u = u.blend(least, u.compare(VectorOperators.LE, least));
        if (relu) {
          v.intoArray(x, at + p);
          u.intoArray(x, next + p);
        }
        int at0 = first + p * COLUMNS + part;
        FloatVector w = FloatVector.fromArray(SPECIES, panel, at0);
        s0 = v.fma(w, s0);
        s2 = u.fma(w, s2);
        w = FloatVector.fromArray(SPECIES, panel, at0 + PARTS);
        s1 = v.fma(w, s1);
        s3 = u.fma(w, s3);
      }
      int to0 = (r - from) / 2 * COLUMNS * PARTS + part;
      s0.intoArray(parts, to0);
      s1.intoArray(parts, to0 + PARTS);
      s2.intoArray(parts, to0 + 2 * PARTS);
      s3.intoArray(parts, to0 + 3 * PARTS);
    }
  }

  /**
   * Adds the sixteen partial sums of the rows {@code [from, to)} in halves, of four columns at
   * once, and to them what the rows begin with. Through memory: a vector that is handed to a method
   * costs an object where the compiler does not inline it.
   */
  private void fold(int from, int to, int together, float[] start, int at, int step, Matrix c) {
    int count = (to - from + together - 1) / together;
    for (int half = PARTS / 2; half >= LANES; half /= 2) {
      for (int p = 0; p < count * COLUMNS * PARTS; p += PARTS) {
        for (int q = p; q < p + half; q += LANES) {
          FloatVector v = FloatVector.fromArray(SPECIES, parts, q);
          v.add(FloatVector.fromArray(SPECIES, parts, q + half)).intoArray(parts, q);
        }
      }
    }
    for (int i = 0; i < count; i++) {
      int p = i * COLUMNS * PARTS;
      FloatVector s0 = FloatVector.fromArray(SPECIES, parts, p);
      FloatVector s1 = FloatVector.fromArray(SPECIES, parts, p + PARTS);
      FloatVector s2 = FloatVector.fromArray(SPECIES, parts, p + 2 * PARTS);
      FloatVector s3 = FloatVector.fromArray(SPECIES, parts, p + 3 * PARTS);
      FloatVector u = s0.blend(s1, SECOND_HALF).add(s1.blend(s0, SECOND_HALF).rearrange(BY_HALF));
      FloatVector v = s2.blend(s3, SECOND_HALF).add(s3.blend(s2, SECOND_HALF).rearrange(BY_HALF));
      s0 = u.blend(v, SECOND_QUARTERS).add(v.blend(u, SECOND_QUARTERS).rearrange(BY_QUARTER));
      if (LANES > 8) {
        s0 = s0.add(s0.rearrange(BY_TWO));
      }
      if (LANES > 4) {
        s0 = s0.add(s0.rearrange(BY_ONE));
      }
      s0.intoArray(sums, i * LANES);
    }
    for (int j = 0; j < c.cols(); j++) {
      for (int r = from; r < to; r++) {
        int row = r - from;
        float sum = sums[row / together * LANES + LANE[row % together * 2 + j]];
        c.data()[c.row(r) + j] = start[at + r * step + j] + sum;
      }
    }
  }

  /** Exchanges lanes that are {@code step} apart. */
  private static VectorShuffle<Float> by(int step) {
    return VectorShuffle.fromOp(SPECIES, i -> i ^ step);
  }

  /** The lanes that {@link #by} exchanges with an earlier one. */
  private static VectorMask<Float> second(int step) {
    boolean[] lanes = new boolean[LANES];
    for (int i = 0; i < LANES; i++) {
      lanes[i] = (i & step) != 0;
    }
    return VectorMask.fromArray(SPECIES, lanes, 0);
  }
}
