package io.chartflow.model.linalg;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles of a product: {@code c += a·b} for some rows of {@code c} and one or two vectors
 * of its columns, every element by fused multiply-adds in the order of the inner index. Rows after
 * {@code last} repeat it: the same bits are written again, which costs less than tails.
 *
 * <p>The right factor comes as a panel: inner step p's columns lie at {@code p} times the panel's
 * width, a constant. Only with a constant step does the JIT compiler (of JDK 17 as of 25) take the
 * bounds checks out of the inner loop, which doubles its speed and pays for the copying many times.
 *
 * <p>A sum is never assigned again behind the loop: where two paths join, the compiler (of JDK 17)
 * would put it into an object at every step, at a fiftieth of the speed. So each end stores it.
 */
final class VectorTiles {

  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  static final int LANES = SPECIES.length();

  private VectorTiles() {}

  /** The left factor: element (row, inner) lies at {@code offset + row·rowStep + inner·step}. */
  @SuppressWarnings("ArrayRecordComponent") // a view, compared by nobody
  record Left(float[] data, int offset, int rowStep, int step, int inner) {}

  /**
   * What becomes of a sum: nothing, {@code max(0, ·)}, or zero where another matrix of the same
   * shape and strides is zero, which lies {@code shift} behind {@code c}.
   *
   * @param relu whether what is not positive becomes zero
   * @param mask the other matrix, empty for none
   */
  @SuppressWarnings("ArrayRecordComponent") // a view, compared by nobody
  record End(boolean relu, float[] mask, int shift) {

    static final End PLAIN = new End(false, new float[0], 0);
    static final End RELU = new End(true, new float[0], 0);
  }

  private static FloatVector relu(FloatVector s) {
    return s.blend(0f, s.compare(VectorOperators.LE, 0f));
  }

  private static FloatVector masked(FloatVector s, float[] h, int at) {
    FloatVector activation = FloatVector.fromArray(SPECIES, h, at);
    return s.blend(0f, activation.compare(VectorOperators.EQ, 0f));
  }

  /**
   * Eight rows of {@code c} from its element at {@code c0} on, by two vectors; row i of {@code a}
   * is the first.
   */
  static void tile8x2(
      Left a, int i, int last, float[] panel, End end, float[] c, int c0, int stride) {
    float[] x = a.data();
    int a0 = a.offset() + i * a.rowStep();
    int a1 = Math.min(1, last) * a.rowStep();
    int a2 = Math.min(2, last) * a.rowStep();
    int a3 = Math.min(3, last) * a.rowStep();
    int a4 = Math.min(4, last) * a.rowStep();
    int a5 = Math.min(5, last) * a.rowStep();
    int a6 = Math.min(6, last) * a.rowStep();
    int a7 = Math.min(7, last) * a.rowStep();
    int c1 = c0 + Math.min(1, last) * stride;
    int c2 = c0 + Math.min(2, last) * stride;
    int c3 = c0 + Math.min(3, last) * stride;
    int c4 = c0 + Math.min(4, last) * stride;
    int c5 = c0 + Math.min(5, last) * stride;
    int c6 = c0 + Math.min(6, last) * stride;
    int c7 = c0 + Math.min(7, last) * stride;
    FloatVector s0 = FloatVector.fromArray(SPECIES, c, c0);
    FloatVector t0 = FloatVector.fromArray(SPECIES, c, c0 + LANES);
    FloatVector s1 = FloatVector.fromArray(SPECIES, c, c1);
    FloatVector t1 = FloatVector.fromArray(SPECIES, c, c1 + LANES);
    FloatVector s2 = FloatVector.fromArray(SPECIES, c, c2);
    FloatVector t2 = FloatVector.fromArray(SPECIES, c, c2 + LANES);
    FloatVector s3 = FloatVector.fromArray(SPECIES, c, c3);
    FloatVector t3 = FloatVector.fromArray(SPECIES, c, c3 + LANES);
    FloatVector s4 = FloatVector.fromArray(SPECIES, c, c4);
    FloatVector t4 = FloatVector.fromArray(SPECIES, c, c4 + LANES);
    FloatVector s5 = FloatVector.fromArray(SPECIES, c, c5);
    FloatVector t5 = FloatVector.fromArray(SPECIES, c, c5 + LANES);
    FloatVector s6 = FloatVector.fromArray(SPECIES, c, c6);
    FloatVector t6 = FloatVector.fromArray(SPECIES, c, c6 + LANES);
    FloatVector s7 = FloatVector.fromArray(SPECIES, c, c7);
    FloatVector t7 = FloatVector.fromArray(SPECIES, c, c7 + LANES);
    int inner = a.inner();
    int step = a.step();
    int at = a0;
    for (int p = 0; p < inner; p++) {
      FloatVector y = FloatVector.fromArray(SPECIES, panel, p * 2 * LANES);
      FloatVector z = FloatVector.fromArray(SPECIES, panel, p * 2 * LANES + LANES);
      FloatVector w = FloatVector.broadcast(SPECIES, x[at]);
      s0 = w.fma(y, s0);
      t0 = w.fma(z, t0);
      w = FloatVector.broadcast(SPECIES, x[at + a1]);
      s1 = w.fma(y, s1);
      t1 = w.fma(z, t1);
      w = FloatVector.broadcast(SPECIES, x[at + a2]);
      s2 = w.fma(y, s2);
      t2 = w.fma(z, t2);
      w = FloatVector.broadcast(SPECIES, x[at + a3]);
      s3 = w.fma(y, s3);
      t3 = w.fma(z, t3);
      w = FloatVector.broadcast(SPECIES, x[at + a4]);
      s4 = w.fma(y, s4);
      t4 = w.fma(z, t4);
      w = FloatVector.broadcast(SPECIES, x[at + a5]);
      s5 = w.fma(y, s5);
      t5 = w.fma(z, t5);
      w = FloatVector.broadcast(SPECIES, x[at + a6]);
      s6 = w.fma(y, s6);
      t6 = w.fma(z, t6);
      w = FloatVector.broadcast(SPECIES, x[at + a7]);
      s7 = w.fma(y, s7);
      t7 = w.fma(z, t7);
      at += step;
    }
    if (end.relu()) {
      relu(s0).intoArray(c, c0);
      relu(t0).intoArray(c, c0 + LANES);
      relu(s1).intoArray(c, c1);
      relu(t1).intoArray(c, c1 + LANES);
      relu(s2).intoArray(c, c2);
      relu(t2).intoArray(c, c2 + LANES);
      relu(s3).intoArray(c, c3);
      relu(t3).intoArray(c, c3 + LANES);
      relu(s4).intoArray(c, c4);
      relu(t4).intoArray(c, c4 + LANES);
      relu(s5).intoArray(c, c5);
      relu(t5).intoArray(c, c5 + LANES);
      relu(s6).intoArray(c, c6);
      relu(t6).intoArray(c, c6 + LANES);
      relu(s7).intoArray(c, c7);
      relu(t7).intoArray(c, c7 + LANES);
      return;
    }
    if (end.mask().length > 0) {
      float[] h = end.mask();
      int h0 = end.shift();
      masked(s0, h, h0 + c0).intoArray(c, c0);
      masked(t0, h, h0 + c0 + LANES).intoArray(c, c0 + LANES);
      masked(s1, h, h0 + c1).intoArray(c, c1);
      masked(t1, h, h0 + c1 + LANES).intoArray(c, c1 + LANES);
      masked(s2, h, h0 + c2).intoArray(c, c2);
      masked(t2, h, h0 + c2 + LANES).intoArray(c, c2 + LANES);
      masked(s3, h, h0 + c3).intoArray(c, c3);
      masked(t3, h, h0 + c3 + LANES).intoArray(c, c3 + LANES);
      masked(s4, h, h0 + c4).intoArray(c, c4);
      masked(t4, h, h0 + c4 + LANES).intoArray(c, c4 + LANES);
      masked(s5, h, h0 + c5).intoArray(c, c5);
      masked(t5, h, h0 + c5 + LANES).intoArray(c, c5 + LANES);
      masked(s6, h, h0 + c6).intoArray(c, c6);
      masked(t6, h, h0 + c6 + LANES).intoArray(c, c6 + LANES);
      masked(s7, h, h0 + c7).intoArray(c, c7);
      masked(t7, h, h0 + c7 + LANES).intoArray(c, c7 + LANES);
      return;
    }
    s0.intoArray(c, c0);
    t0.intoArray(c, c0 + LANES);
    s1.intoArray(c, c1);
    t1.intoArray(c, c1 + LANES);
    s2.intoArray(c, c2);
    t2.intoArray(c, c2 + LANES);
    s3.intoArray(c, c3);
    t3.intoArray(c, c3 + LANES);
    s4.intoArray(c, c4);
    t4.intoArray(c, c4 + LANES);
    s5.intoArray(c, c5);
    t5.intoArray(c, c5 + LANES);
    s6.intoArray(c, c6);
    t6.intoArray(c, c6 + LANES);
    s7.intoArray(c, c7);
    t7.intoArray(c, c7 + LANES);
  }

  /** Four rows by two vectors. */
  static void tile4x2(
      Left a, int i, int last, float[] panel, End end, float[] c, int c0, int stride) {
    float[] x = a.data();
    int a0 = a.offset() + i * a.rowStep();
    int a1 = Math.min(1, last) * a.rowStep();
    int a2 = Math.min(2, last) * a.rowStep();
    int a3 = Math.min(3, last) * a.rowStep();
    int c1 = c0 + Math.min(1, last) * stride;
    int c2 = c0 + Math.min(2, last) * stride;
    int c3 = c0 + Math.min(3, last) * stride;
    FloatVector s0 = FloatVector.fromArray(SPECIES, c, c0);
    FloatVector t0 = FloatVector.fromArray(SPECIES, c, c0 + LANES);
    FloatVector s1 = FloatVector.fromArray(SPECIES, c, c1);
    FloatVector t1 = FloatVector.fromArray(SPECIES, c, c1 + LANES);
    FloatVector s2 = FloatVector.fromArray(SPECIES, c, c2);
    FloatVector t2 = FloatVector.fromArray(SPECIES, c, c2 + LANES);
    FloatVector s3 = FloatVector.fromArray(SPECIES, c, c3);
    FloatVector t3 = FloatVector.fromArray(SPECIES, c, c3 + LANES);
    int inner = a.inner();
    int step = a.step();
    int at = a0;
    for (int p = 0; p < inner; p++) {
      FloatVector y = FloatVector.fromArray(SPECIES, panel, p * 2 * LANES);
      FloatVector z = FloatVector.fromArray(SPECIES, panel, p * 2 * LANES + LANES);
      FloatVector w = FloatVector.broadcast(SPECIES, x[at]);
      s0 = w.fma(y, s0);
      t0 = w.fma(z, t0);
      w = FloatVector.broadcast(SPECIES, x[at + a1]);
      s1 = w.fma(y, s1);
      t1 = w.fma(z, t1);
      w = FloatVector.broadcast(SPECIES, x[at + a2]);
      s2 = w.fma(y, s2);
      t2 = w.fma(z, t2);
      w = FloatVector.broadcast(SPECIES, x[at + a3]);
      s3 = w.fma(y, s3);
      t3 = w.fma(z, t3);
      at += step;
    }
    if (end.relu()) {
      relu(s0).intoArray(c, c0);
      relu(t0).intoArray(c, c0 + LANES);
      relu(s1).intoArray(c, c1);
      relu(t1).intoArray(c, c1 + LANES);
      relu(s2).intoArray(c, c2);
      relu(t2).intoArray(c, c2 + LANES);
      relu(s3).intoArray(c, c3);
      relu(t3).intoArray(c, c3 + LANES);
      return;
    }
    if (end.mask().length > 0) {
      float[] h = end.mask();
      int h0 = end.shift();
      masked(s0, h, h0 + c0).intoArray(c, c0);
      masked(t0, h, h0 + c0 + LANES).intoArray(c, c0 + LANES);
      masked(s1, h, h0 + c1).intoArray(c, c1);
      masked(t1, h, h0 + c1 + LANES).intoArray(c, c1 + LANES);
      masked(s2, h, h0 + c2).intoArray(c, c2);
      masked(t2, h, h0 + c2 + LANES).intoArray(c, c2 + LANES);
      masked(s3, h, h0 + c3).intoArray(c, c3);
      masked(t3, h, h0 + c3 + LANES).intoArray(c, c3 + LANES);
      return;
    }
    s0.intoArray(c, c0);
    t0.intoArray(c, c0 + LANES);
    s1.intoArray(c, c1);
    t1.intoArray(c, c1 + LANES);
    s2.intoArray(c, c2);
    t2.intoArray(c, c2 + LANES);
    s3.intoArray(c, c3);
    t3.intoArray(c, c3 + LANES);
  }

  /** Eight rows by one vector. */
  static void tile8x1(
      Left a, int i, int last, float[] panel, End end, float[] c, int c0, int stride) {
    float[] x = a.data();
    int a0 = a.offset() + i * a.rowStep();
    int a1 = Math.min(1, last) * a.rowStep();
    int a2 = Math.min(2, last) * a.rowStep();
    int a3 = Math.min(3, last) * a.rowStep();
    int a4 = Math.min(4, last) * a.rowStep();
    int a5 = Math.min(5, last) * a.rowStep();
    int a6 = Math.min(6, last) * a.rowStep();
    int a7 = Math.min(7, last) * a.rowStep();
    int c1 = c0 + Math.min(1, last) * stride;
    int c2 = c0 + Math.min(2, last) * stride;
    int c3 = c0 + Math.min(3, last) * stride;
    int c4 = c0 + Math.min(4, last) * stride;
    int c5 = c0 + Math.min(5, last) * stride;
    int c6 = c0 + Math.min(6, last) * stride;
    int c7 = c0 + Math.min(7, last) * stride;
    FloatVector s0 = FloatVector.fromArray(SPECIES, c, c0);
    FloatVector s1 = FloatVector.fromArray(SPECIES, c, c1);
    FloatVector s2 = FloatVector.fromArray(SPECIES, c, c2);
    FloatVector s3 = FloatVector.fromArray(SPECIES, c, c3);
    FloatVector s4 = FloatVector.fromArray(SPECIES, c, c4);
    FloatVector s5 = FloatVector.fromArray(SPECIES, c, c5);
    FloatVector s6 = FloatVector.fromArray(SPECIES, c, c6);
    FloatVector s7 = FloatVector.fromArray(SPECIES, c, c7);
    int inner = a.inner();
    int step = a.step();
    int at = a0;
    for (int p = 0; p < inner; p++) {
      FloatVector y = FloatVector.fromArray(SPECIES, panel, p * LANES);
      s0 = FloatVector.broadcast(SPECIES, x[at]).fma(y, s0);
      s1 = FloatVector.broadcast(SPECIES, x[at + a1]).fma(y, s1);
      s2 = FloatVector.broadcast(SPECIES, x[at + a2]).fma(y, s2);
      s3 = FloatVector.broadcast(SPECIES, x[at + a3]).fma(y, s3);
      s4 = FloatVector.broadcast(SPECIES, x[at + a4]).fma(y, s4);
      s5 = FloatVector.broadcast(SPECIES, x[at + a5]).fma(y, s5);
      s6 = FloatVector.broadcast(SPECIES, x[at + a6]).fma(y, s6);
      s7 = FloatVector.broadcast(SPECIES, x[at + a7]).fma(y, s7);
      at += step;
    }
    if (end.relu()) {
      relu(s0).intoArray(c, c0);
      relu(s1).intoArray(c, c1);
      relu(s2).intoArray(c, c2);
      relu(s3).intoArray(c, c3);
      relu(s4).intoArray(c, c4);
      relu(s5).intoArray(c, c5);
      relu(s6).intoArray(c, c6);
      relu(s7).intoArray(c, c7);
      return;
    }
    if (end.mask().length > 0) {
      float[] h = end.mask();
      int h0 = end.shift();
      masked(s0, h, h0 + c0).intoArray(c, c0);
      masked(s1, h, h0 + c1).intoArray(c, c1);
      masked(s2, h, h0 + c2).intoArray(c, c2);
      masked(s3, h, h0 + c3).intoArray(c, c3);
      masked(s4, h, h0 + c4).intoArray(c, c4);
      masked(s5, h, h0 + c5).intoArray(c, c5);
      masked(s6, h, h0 + c6).intoArray(c, c6);
      masked(s7, h, h0 + c7).intoArray(c, c7);
      return;
    }
    s0.intoArray(c, c0);
    s1.intoArray(c, c1);
    s2.intoArray(c, c2);
    s3.intoArray(c, c3);
    s4.intoArray(c, c4);
    s5.intoArray(c, c5);
    s6.intoArray(c, c6);
    s7.intoArray(c, c7);
  }
}
