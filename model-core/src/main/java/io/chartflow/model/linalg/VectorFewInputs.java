package io.chartflow.model.linalg;

import static io.chartflow.model.linalg.VectorTiles.LANES;
import static io.chartflow.model.linalg.VectorTiles.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Products of layers that have few inputs, forward and for the gradient of their weights. Such a
 * product takes little longer than its rows' outputs take to be written or read, so they are gone
 * through once, where they lie: no panel of them is laid out, and the relu has no pass of its own.
 */
final class VectorFewInputs {

  /** Columns that are taken together. */
  private static final int COLUMNS = 4 * LANES;

  /** Rows of a tile of a gradient. */
  private static final int ROWS = 4;

  /** Rows of the right factor, of the columns of a tile, that stay in the L1 cache. */
  private static final int IN_CACHE = 64;

  /** Inputs whose gradients are so few tiles that each may read all rows. */
  private static final int MOST_ROWS = 4 * ROWS;

  /** Some columns of a right factor. */
  private static final ThreadLocal<AlignedFloats> PANEL =
      ThreadLocal.withInitial(AlignedFloats::new);

  private VectorFewInputs() {}

  /** Whether {@link #multiplyRelu} takes a result of so many columns. */
  static boolean fits(int columns) {
    return !VectorProduct.FEW_REGISTERS && columns % COLUMNS == 0;
  }

  /** Whether {@link #multiplyTransposedAdd} takes results of this size. */
  static boolean fitsGradient(int rows, int columns) {
    return rows <= MOST_ROWS && fits(columns);
  }

  /** See {@link Kernels#multiplyRelu}. */
  static void multiplyRelu(Matrix a, Matrix b, Matrix c) {
    AlignedFloats panel = PANEL.get();
    panel.reserve(b.rows() * COLUMNS);
    for (int j = 0; j < c.cols(); j += COLUMNS) {
      for (int p = 0; p < b.rows(); p++) {
        int to = panel.start() + p * COLUMNS;
        System.arraycopy(b.data(), b.row(p) + j, panel.data(), to, COLUMNS);
      }
      multiplyRelu(a, panel.data(), panel.start(), c, j);
    }
  }

  /**
   * Four vectors of columns from j on, of three rows at a time; rows after the last repeat it. The
   * loop's steps are constants, for no bounds check to stay in it.
   */
  private static void multiplyRelu(Matrix a, float[] panel, int from, Matrix c, int j) {
    float[] x = a.data();
    float[] y = c.data();
    int inner = a.cols();
    int last = c.rows() - 1;
    FloatVector none = FloatVector.zero(SPECIES);
    for (int i = 0; i <= last; i += 3) {
      int x0 = a.row(i);
      int x1 = a.row(Math.min(i + 1, last));
      int x2 = a.row(Math.min(i + 2, last));
      FloatVector s0 = none;
      FloatVector t0 = none;
      FloatVector u0 = none;
      FloatVector v0 = none;
      FloatVector s1 = none;
      FloatVector t1 = none;
      FloatVector u1 = none;
      FloatVector v1 = none;
      FloatVector s2 = none;
      FloatVector t2 = none;
      FloatVector u2 = none;
      FloatVector v2 = none;
      for (int p = 0; p < inner; p++) {
        FloatVector s = FloatVector.fromArray(SPECIES, panel, from + p * COLUMNS);
        FloatVector t = FloatVector.fromArray(SPECIES, panel, from + p * COLUMNS + LANES);
        FloatVector u = FloatVector.fromArray(SPECIES, panel, from + p * COLUMNS + 2 * LANES);
        FloatVector v = FloatVector.fromArray(SPECIES, panel, from + p * COLUMNS + 3 * LANES);
        FloatVector w = FloatVector.broadcast(SPECIES, x[x0 + p]);
        s0 = w.fma(s, s0);
        t0 = w.fma(t, t0);
        u0 = w.fma(u, u0);
        v0 = w.fma(v, v0);
        w = FloatVector.broadcast(SPECIES, x[x1 + p]);
        s1 = w.fma(s, s1);
        t1 = w.fma(t, t1);
        u1 = w.fma(u, u1);
        v1 = w.fma(v, v1);
        w = FloatVector.broadcast(SPECIES, x[x2 + p]);
        s2 = w.fma(s, s2);
        t2 = w.fma(t, t2);
        u2 = w.fma(u, u2);
        v2 = w.fma(v, v2);
      }
      int to = c.row(i) + j;
      s0.blend(none, s0.compare(VectorOperators.LE, none)).intoArray(y, to);
      t0.blend(none, t0.compare(VectorOperators.LE, none)).intoArray(y, to + LANES);
      u0.blend(none, u0.compare(VectorOperators.LE, none)).intoArray(y, to + 2 * LANES);
      v0.blend(none, v0.compare(VectorOperators.LE, none)).intoArray(y, to + 3 * LANES);
      to = c.row(Math.min(i + 1, last)) + j;
      s1.blend(none, s1.compare(VectorOperators.LE, none)).intoArray(y, to);
      t1.blend(none, t1.compare(VectorOperators.LE, none)).intoArray(y, to + LANES);
      u1.blend(none, u1.compare(VectorOperators.LE, none)).intoArray(y, to + 2 * LANES);
      v1.blend(none, v1.compare(VectorOperators.LE, none)).intoArray(y, to + 3 * LANES);
      to = c.row(Math.min(i + 2, last)) + j;
      s2.blend(none, s2.compare(VectorOperators.LE, none)).intoArray(y, to);
      t2.blend(none, t2.compare(VectorOperators.LE, none)).intoArray(y, to + LANES);
      u2.blend(none, u2.compare(VectorOperators.LE, none)).intoArray(y, to + 2 * LANES);
      v2.blend(none, v2.compare(VectorOperators.LE, none)).intoArray(y, to + 3 * LANES);
    }
  }

  /**
   * {@code c += aᵀ·b}; see {@link Kernels#multiplyTransposedAdd}. The tiles of some rows of b come
   * after another while these are in cache; the order of each sum is the same.
   */
  static void multiplyTransposedAdd(Matrix a, Matrix b, Matrix c) {
    for (int from = 0; from < b.rows(); from += IN_CACHE) {
      int to = Math.min(b.rows(), from + IN_CACHE);
      for (int j = 0; j < c.cols(); j += COLUMNS) {
        for (int i = 0; i < c.rows(); i += ROWS) {
          tile(a, b, from, to, c, i, Math.min(ROWS, c.rows() - i) - 1, j);
        }
      }
    }
  }

  /**
   * Four rows of c by four vectors, and what the rows {@code [begin, end)} of the factors add; rows
   * after {@code last} repeat it.
   */
  private static void tile(
      Matrix a, Matrix b, int begin, int end, Matrix c, int i, int last, int j) {
    float[] x = a.data();
    float[] y = b.data();
    float[] z = c.data();
    int second = Math.min(1, last);
    int third = Math.min(2, last);
    int c0 = c.row(i) + j;
    int c1 = c.row(i + second) + j;
    int c2 = c.row(i + third) + j;
    int c3 = c.row(i + last) + j;
    FloatVector s0 = FloatVector.fromArray(SPECIES, z, c0);
    FloatVector t0 = FloatVector.fromArray(SPECIES, z, c0 + LANES);
    FloatVector u0 = FloatVector.fromArray(SPECIES, z, c0 + 2 * LANES);
    FloatVector v0 = FloatVector.fromArray(SPECIES, z, c0 + 3 * LANES);
    FloatVector s1 = FloatVector.fromArray(SPECIES, z, c1);
    FloatVector t1 = FloatVector.fromArray(SPECIES, z, c1 + LANES);
    FloatVector u1 = FloatVector.fromArray(SPECIES, z, c1 + 2 * LANES);
    FloatVector v1 = FloatVector.fromArray(SPECIES, z, c1 + 3 * LANES);
    FloatVector s2 = FloatVector.fromArray(SPECIES, z, c2);
    FloatVector t2 = FloatVector.fromArray(SPECIES, z, c2 + LANES);
    FloatVector u2 = FloatVector.fromArray(SPECIES, z, c2 + 2 * LANES);
    FloatVector v2 = FloatVector.fromArray(SPECIES, z, c2 + 3 * LANES);
    FloatVector s3 = FloatVector.fromArray(SPECIES, z, c3);
    FloatVector t3 = FloatVector.fromArray(SPECIES, z, c3 + LANES);
    FloatVector u3 = FloatVector.fromArray(SPECIES, z, c3 + 2 * LANES);
    FloatVector v3 = FloatVector.fromArray(SPECIES, z, c3 + 3 * LANES);
    int at = a.row(begin) + i;
    int from = b.row(begin) + j;
    for (int r = begin; r < end; r++) {
      FloatVector s = FloatVector.fromArray(SPECIES, y, from);
      FloatVector t = FloatVector.fromArray(SPECIES, y, from + LANES);
      FloatVector u = FloatVector.fromArray(SPECIES, y, from + 2 * LANES);
      FloatVector v = FloatVector.fromArray(SPECIES, y, from + 3 * LANES);
      FloatVector w = FloatVector.broadcast(SPECIES, x[at]);
      s0 = w.fma(s, s0);
      t0 = w.fma(t, t0);
      u0 = w.fma(u, u0);
      v0 = w.fma(v, v0);
      w = FloatVector.broadcast(SPECIES, x[at + second]);
      s1 = w.fma(s, s1);
      t1 = w.fma(t, t1);
      u1 = w.fma(u, u1);
      v1 = w.fma(v, v1);
      w = FloatVector.broadcast(SPECIES, x[at + third]);
      s2 = w.fma(s, s2);
      t2 = w.fma(t, t2);
      u2 = w.fma(u, u2);
      v2 = w.fma(v, v2);
      w = FloatVector.broadcast(SPECIES, x[at + last]);
      s3 = w.fma(s, s3);
      t3 = w.fma(t, t3);
      u3 = w.fma(u, u3);
      v3 = w.fma(v, v3);
      at += a.stride();
      from += b.stride();
    }
    s0.intoArray(z, c0);
    t0.intoArray(z, c0 + LANES);
    u0.intoArray(z, c0 + 2 * LANES);
    v0.intoArray(z, c0 + 3 * LANES);
    s1.intoArray(z, c1);
    t1.intoArray(z, c1 + LANES);
    u1.intoArray(z, c1 + 2 * LANES);
    v1.intoArray(z, c1 + 3 * LANES);
    s2.intoArray(z, c2);
    t2.intoArray(z, c2 + LANES);
    u2.intoArray(z, c2 + 2 * LANES);
    v2.intoArray(z, c2 + 3 * LANES);
    s3.intoArray(z, c3);
    t3.intoArray(z, c3 + LANES);
    u3.intoArray(z, c3 + 2 * LANES);
    v3.intoArray(z, c3 + 3 * LANES);
  }
}
