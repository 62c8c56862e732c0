package io.chartflow.model.linalg;

import jdk.incubator.vector.FloatVector;
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
 * <p>A sum is stored behind the loop and nothing else is done with it: with a relu or a mask there,
 * the compiler put the sums into objects, or lost half of the loop's speed to spills.
 */
final class VectorTiles {

  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  static final int LANES = SPECIES.length();

  private VectorTiles() {}

  /**
   * Eight rows of {@code c}, the first row i, from its element at {@code c0} on, by two vectors.
   * The sums begin with {@code start}, from {@code f0} on, a row every {@code rowStep}.
   */
  static void tile8x2(
      LeftFactor a,
      int i,
      int last,
      int from,
      int end,
      float[] panel,
      float[] start,
      int f0,
      int rowStep,
      float[] c,
      int c0,
      int stride) {
    float[] x = a.data();
    int a0 = a.at(i, from);
    int a1 = Math.min(1, last) * a.rowStep();
    int a2 = Math.min(2, last) * a.rowStep();
    int a3 = Math.min(3, last) * a.rowStep();
    int a4 = Math.min(4, last) * a.rowStep();
    int a5 = Math.min(5, last) * a.rowStep();
    int a6 = Math.min(6, last) * a.rowStep();
    int a7 = Math.min(7, last) * a.rowStep();
    FloatVector s0 = FloatVector.fromArray(SPECIES, start, f0);
    FloatVector t0 = FloatVector.fromArray(SPECIES, start, f0 + LANES);
    int f1 = f0 + Math.min(1, last) * rowStep;
    FloatVector s1 = FloatVector.fromArray(SPECIES, start, f1);
    FloatVector t1 = FloatVector.fromArray(SPECIES, start, f1 + LANES);
    int f2 = f0 + Math.min(2, last) * rowStep;
    FloatVector s2 = FloatVector.fromArray(SPECIES, start, f2);
    FloatVector t2 = FloatVector.fromArray(SPECIES, start, f2 + LANES);
    int f3 = f0 + Math.min(3, last) * rowStep;
    FloatVector s3 = FloatVector.fromArray(SPECIES, start, f3);
    FloatVector t3 = FloatVector.fromArray(SPECIES, start, f3 + LANES);
    int f4 = f0 + Math.min(4, last) * rowStep;
    FloatVector s4 = FloatVector.fromArray(SPECIES, start, f4);
    FloatVector t4 = FloatVector.fromArray(SPECIES, start, f4 + LANES);
    int f5 = f0 + Math.min(5, last) * rowStep;
    FloatVector s5 = FloatVector.fromArray(SPECIES, start, f5);
    FloatVector t5 = FloatVector.fromArray(SPECIES, start, f5 + LANES);
    int f6 = f0 + Math.min(6, last) * rowStep;
    FloatVector s6 = FloatVector.fromArray(SPECIES, start, f6);
    FloatVector t6 = FloatVector.fromArray(SPECIES, start, f6 + LANES);
    int f7 = f0 + Math.min(7, last) * rowStep;
    FloatVector s7 = FloatVector.fromArray(SPECIES, start, f7);
    FloatVector t7 = FloatVector.fromArray(SPECIES, start, f7 + LANES);
    int step = a.step();
    int at = a0;
    for (int p = from; p < end; p++) {
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
    s0.intoArray(c, c0);
    t0.intoArray(c, c0 + LANES);
    int c1 = c0 + Math.min(1, last) * stride;
    s1.intoArray(c, c1);
    t1.intoArray(c, c1 + LANES);
    int c2 = c0 + Math.min(2, last) * stride;
    s2.intoArray(c, c2);
    t2.intoArray(c, c2 + LANES);
    int c3 = c0 + Math.min(3, last) * stride;
    s3.intoArray(c, c3);
    t3.intoArray(c, c3 + LANES);
    int c4 = c0 + Math.min(4, last) * stride;
    s4.intoArray(c, c4);
    t4.intoArray(c, c4 + LANES);
    int c5 = c0 + Math.min(5, last) * stride;
    s5.intoArray(c, c5);
    t5.intoArray(c, c5 + LANES);
    int c6 = c0 + Math.min(6, last) * stride;
    s6.intoArray(c, c6);
    t6.intoArray(c, c6 + LANES);
    int c7 = c0 + Math.min(7, last) * stride;
    s7.intoArray(c, c7);
    t7.intoArray(c, c7 + LANES);
  }

  /** Four rows by two vectors. */
  static void tile4x2(
      LeftFactor a,
      int i,
      int last,
      int from,
      int end,
      float[] panel,
      float[] start,
      int f0,
      int rowStep,
      float[] c,
      int c0,
      int stride) {
    float[] x = a.data();
    int a0 = a.at(i, from);
    int a1 = Math.min(1, last) * a.rowStep();
    int a2 = Math.min(2, last) * a.rowStep();
    int a3 = Math.min(3, last) * a.rowStep();
    FloatVector s0 = FloatVector.fromArray(SPECIES, start, f0);
    FloatVector t0 = FloatVector.fromArray(SPECIES, start, f0 + LANES);
    int f1 = f0 + Math.min(1, last) * rowStep;
    FloatVector s1 = FloatVector.fromArray(SPECIES, start, f1);
    FloatVector t1 = FloatVector.fromArray(SPECIES, start, f1 + LANES);
    int f2 = f0 + Math.min(2, last) * rowStep;
    FloatVector s2 = FloatVector.fromArray(SPECIES, start, f2);
    FloatVector t2 = FloatVector.fromArray(SPECIES, start, f2 + LANES);
    int f3 = f0 + Math.min(3, last) * rowStep;
    FloatVector s3 = FloatVector.fromArray(SPECIES, start, f3);
    FloatVector t3 = FloatVector.fromArray(SPECIES, start, f3 + LANES);
    int step = a.step();
    int at = a0;
    for (int p = from; p < end; p++) {
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
    s0.intoArray(c, c0);
    t0.intoArray(c, c0 + LANES);
    int c1 = c0 + Math.min(1, last) * stride;
    s1.intoArray(c, c1);
    t1.intoArray(c, c1 + LANES);
    int c2 = c0 + Math.min(2, last) * stride;
    s2.intoArray(c, c2);
    t2.intoArray(c, c2 + LANES);
    int c3 = c0 + Math.min(3, last) * stride;
    s3.intoArray(c, c3);
    t3.intoArray(c, c3 + LANES);
  }

  /**
   * Eight rows by one vector; the left factor steps by 1, a constant too, since more of it is read.
   */
  static void tile8x1(
      LeftFactor a,
      int i,
      int last,
      int from,
      int end,
      float[] panel,
      float[] start,
      int f0,
      int rowStep,
      float[] c,
      int c0,
      int stride) {
    float[] x = a.data();
    int a0 = a.at(i, from);
    int a1 = a0 + Math.min(1, last) * a.rowStep();
    int a2 = a0 + Math.min(2, last) * a.rowStep();
    int a3 = a0 + Math.min(3, last) * a.rowStep();
    int a4 = a0 + Math.min(4, last) * a.rowStep();
    int a5 = a0 + Math.min(5, last) * a.rowStep();
    int a6 = a0 + Math.min(6, last) * a.rowStep();
    int a7 = a0 + Math.min(7, last) * a.rowStep();
    FloatVector s0 = FloatVector.fromArray(SPECIES, start, f0);
    int f1 = f0 + Math.min(1, last) * rowStep;
    FloatVector s1 = FloatVector.fromArray(SPECIES, start, f1);
    int f2 = f0 + Math.min(2, last) * rowStep;
    FloatVector s2 = FloatVector.fromArray(SPECIES, start, f2);
    int f3 = f0 + Math.min(3, last) * rowStep;
    FloatVector s3 = FloatVector.fromArray(SPECIES, start, f3);
    int f4 = f0 + Math.min(4, last) * rowStep;
    FloatVector s4 = FloatVector.fromArray(SPECIES, start, f4);
    int f5 = f0 + Math.min(5, last) * rowStep;
    FloatVector s5 = FloatVector.fromArray(SPECIES, start, f5);
    int f6 = f0 + Math.min(6, last) * rowStep;
    FloatVector s6 = FloatVector.fromArray(SPECIES, start, f6);
    int f7 = f0 + Math.min(7, last) * rowStep;
    FloatVector s7 = FloatVector.fromArray(SPECIES, start, f7);
    for (int p = from; p < end; p++) {
      FloatVector y = FloatVector.fromArray(SPECIES, panel, p * LANES);
      s0 = FloatVector.broadcast(SPECIES, x[a0 + p - from]).fma(y, s0);
      s1 = FloatVector.broadcast(SPECIES, x[a1 + p - from]).fma(y, s1);
      s2 = FloatVector.broadcast(SPECIES, x[a2 + p - from]).fma(y, s2);
      s3 = FloatVector.broadcast(SPECIES, x[a3 + p - from]).fma(y, s3);
      s4 = FloatVector.broadcast(SPECIES, x[a4 + p - from]).fma(y, s4);
      s5 = FloatVector.broadcast(SPECIES, x[a5 + p - from]).fma(y, s5);
      s6 = FloatVector.broadcast(SPECIES, x[a6 + p - from]).fma(y, s6);
      s7 = FloatVector.broadcast(SPECIES, x[a7 + p - from]).fma(y, s7);
    }
    s0.intoArray(c, c0);
    int c1 = c0 + Math.min(1, last) * stride;
    s1.intoArray(c, c1);
    int c2 = c0 + Math.min(2, last) * stride;
    s2.intoArray(c, c2);
    int c3 = c0 + Math.min(3, last) * stride;
    s3.intoArray(c, c3);
    int c4 = c0 + Math.min(4, last) * stride;
    s4.intoArray(c, c4);
    int c5 = c0 + Math.min(5, last) * stride;
    s5.intoArray(c, c5);
    int c6 = c0 + Math.min(6, last) * stride;
    s6.intoArray(c, c6);
    int c7 = c0 + Math.min(7, last) * stride;
    s7.intoArray(c, c7);
  }
}
