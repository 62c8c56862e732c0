package io.chartflow.model.linalg;

import static io.chartflow.model.linalg.VectorTiles.LANES;
import static io.chartflow.model.linalg.VectorTiles.SPECIES;
import static io.chartflow.model.linalg.VectorTiles.WIDTH;

import jdk.incubator.vector.FloatVector;

/**
 * Tiles as {@link VectorTiles} has them for a left factor whose numbers lie side by side: along its
 * rows, two steps of the inner index a round, or, of a transposed matrix, across eight rows. An
 * address and its bounds check then serve several numbers. Otherwise they are as many instructions
 * as the multiply-adds, and processors that begin six a cycle wait for them.
 *
 * <p>A tile has at most some seventy operations on vectors. With eight rows by two steps, 84, the
 * compiler of JDK 17 came to the end of what it inlines (18,000 nodes) before the last stores, and
 * those sums became objects: a twentieth of the speed.
 */
final class VectorRounds {

  private VectorRounds() {}

  /** Six rows by two vectors, along the rows of the left factor; as {@link VectorTiles#tile4x2}. */
  static void along6x2(
      LeftFactor a,
      int i,
      int last,
      int steps,
      float[] panel,
      int from,
      float[] start,
      int f0,
      int rowStep,
      float[] c,
      int c0,
      int stride) {
    float[] x = a.data();
    int a0 = a.at(i, 0);
    int a1 = a0 + Math.min(1, last) * a.rowStep();
    int a2 = a0 + Math.min(2, last) * a.rowStep();
    int a3 = a0 + Math.min(3, last) * a.rowStep();
    int a4 = a0 + Math.min(4, last) * a.rowStep();
    int a5 = a0 + Math.min(5, last) * a.rowStep();
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
    for (int p = 0; p < steps; p += 2) {
      FloatVector y = FloatVector.fromArray(SPECIES, panel, from + p * WIDTH);
      FloatVector z = FloatVector.fromArray(SPECIES, panel, from + p * WIDTH + LANES);
      FloatVector w = FloatVector.broadcast(SPECIES, x[a0 + p]);
      s0 = w.fma(y, s0);
      t0 = w.fma(z, t0);
      w = FloatVector.broadcast(SPECIES, x[a1 + p]);
      s1 = w.fma(y, s1);
      t1 = w.fma(z, t1);
      w = FloatVector.broadcast(SPECIES, x[a2 + p]);
      s2 = w.fma(y, s2);
      t2 = w.fma(z, t2);
      w = FloatVector.broadcast(SPECIES, x[a3 + p]);
      s3 = w.fma(y, s3);
      t3 = w.fma(z, t3);
      w = FloatVector.broadcast(SPECIES, x[a4 + p]);
      s4 = w.fma(y, s4);
      t4 = w.fma(z, t4);
      w = FloatVector.broadcast(SPECIES, x[a5 + p]);
      s5 = w.fma(y, s5);
      t5 = w.fma(z, t5);
      y = FloatVector.fromArray(SPECIES, panel, from + p * WIDTH + 2 * LANES);
      z = FloatVector.fromArray(SPECIES, panel, from + p * WIDTH + 3 * LANES);
      w = FloatVector.broadcast(SPECIES, x[a0 + p + 1]);
      s0 = w.fma(y, s0);
      t0 = w.fma(z, t0);
      w = FloatVector.broadcast(SPECIES, x[a1 + p + 1]);
      s1 = w.fma(y, s1);
      t1 = w.fma(z, t1);
      w = FloatVector.broadcast(SPECIES, x[a2 + p + 1]);
      s2 = w.fma(y, s2);
      t2 = w.fma(z, t2);
      w = FloatVector.broadcast(SPECIES, x[a3 + p + 1]);
      s3 = w.fma(y, s3);
      t3 = w.fma(z, t3);
      w = FloatVector.broadcast(SPECIES, x[a4 + p + 1]);
      s4 = w.fma(y, s4);
      t4 = w.fma(z, t4);
      w = FloatVector.broadcast(SPECIES, x[a5 + p + 1]);
      s5 = w.fma(y, s5);
      t5 = w.fma(z, t5);
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
  }

  /** Eight rows by one vector, along the rows. */
  static void along8x1(
      LeftFactor a,
      int i,
      int last,
      int steps,
      float[] panel,
      int from,
      float[] start,
      int f0,
      int rowStep,
      float[] c,
      int c0,
      int stride) {
    float[] x = a.data();
    int a0 = a.at(i, 0);
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
    for (int p = 0; p < steps; p += 2) {
      FloatVector y = FloatVector.fromArray(SPECIES, panel, from + p * LANES);
      FloatVector w = FloatVector.broadcast(SPECIES, x[a0 + p]);
      s0 = w.fma(y, s0);
      w = FloatVector.broadcast(SPECIES, x[a1 + p]);
      s1 = w.fma(y, s1);
      w = FloatVector.broadcast(SPECIES, x[a2 + p]);
      s2 = w.fma(y, s2);
      w = FloatVector.broadcast(SPECIES, x[a3 + p]);
      s3 = w.fma(y, s3);
      w = FloatVector.broadcast(SPECIES, x[a4 + p]);
      s4 = w.fma(y, s4);
      w = FloatVector.broadcast(SPECIES, x[a5 + p]);
      s5 = w.fma(y, s5);
      w = FloatVector.broadcast(SPECIES, x[a6 + p]);
      s6 = w.fma(y, s6);
      w = FloatVector.broadcast(SPECIES, x[a7 + p]);
      s7 = w.fma(y, s7);
      y = FloatVector.fromArray(SPECIES, panel, from + p * LANES + LANES);
      w = FloatVector.broadcast(SPECIES, x[a0 + p + 1]);
      s0 = w.fma(y, s0);
      w = FloatVector.broadcast(SPECIES, x[a1 + p + 1]);
      s1 = w.fma(y, s1);
      w = FloatVector.broadcast(SPECIES, x[a2 + p + 1]);
      s2 = w.fma(y, s2);
      w = FloatVector.broadcast(SPECIES, x[a3 + p + 1]);
      s3 = w.fma(y, s3);
      w = FloatVector.broadcast(SPECIES, x[a4 + p + 1]);
      s4 = w.fma(y, s4);
      w = FloatVector.broadcast(SPECIES, x[a5 + p + 1]);
      s5 = w.fma(y, s5);
      w = FloatVector.broadcast(SPECIES, x[a6 + p + 1]);
      s6 = w.fma(y, s6);
      w = FloatVector.broadcast(SPECIES, x[a7 + p + 1]);
      s7 = w.fma(y, s7);
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

  /**
   * Eight rows by two vectors, of a left factor whose rows lie side by side; all eight are there.
   */
  static void across8x2(
      LeftFactor a,
      int i,
      int steps,
      float[] panel,
      int from,
      float[] start,
      int f0,
      int rowStep,
      float[] c,
      int c0,
      int stride) {
    float[] x = a.data();
    FloatVector s0 = FloatVector.fromArray(SPECIES, start, f0);
    FloatVector t0 = FloatVector.fromArray(SPECIES, start, f0 + LANES);
    int f1 = f0 + 1 * rowStep;
    FloatVector s1 = FloatVector.fromArray(SPECIES, start, f1);
    FloatVector t1 = FloatVector.fromArray(SPECIES, start, f1 + LANES);
    int f2 = f0 + 2 * rowStep;
    FloatVector s2 = FloatVector.fromArray(SPECIES, start, f2);
    FloatVector t2 = FloatVector.fromArray(SPECIES, start, f2 + LANES);
    int f3 = f0 + 3 * rowStep;
    FloatVector s3 = FloatVector.fromArray(SPECIES, start, f3);
    FloatVector t3 = FloatVector.fromArray(SPECIES, start, f3 + LANES);
    int f4 = f0 + 4 * rowStep;
    FloatVector s4 = FloatVector.fromArray(SPECIES, start, f4);
    FloatVector t4 = FloatVector.fromArray(SPECIES, start, f4 + LANES);
    int f5 = f0 + 5 * rowStep;
    FloatVector s5 = FloatVector.fromArray(SPECIES, start, f5);
    FloatVector t5 = FloatVector.fromArray(SPECIES, start, f5 + LANES);
    int f6 = f0 + 6 * rowStep;
    FloatVector s6 = FloatVector.fromArray(SPECIES, start, f6);
    FloatVector t6 = FloatVector.fromArray(SPECIES, start, f6 + LANES);
    int f7 = f0 + 7 * rowStep;
    FloatVector s7 = FloatVector.fromArray(SPECIES, start, f7);
    FloatVector t7 = FloatVector.fromArray(SPECIES, start, f7 + LANES);
    int at = a.at(i, 0);
    int step = a.step();
    for (int p = 0; p < steps; p += 1) {
      FloatVector y = FloatVector.fromArray(SPECIES, panel, from + p * WIDTH);
      FloatVector z = FloatVector.fromArray(SPECIES, panel, from + p * WIDTH + LANES);
      FloatVector w = FloatVector.broadcast(SPECIES, x[at]);
      s0 = w.fma(y, s0);
      t0 = w.fma(z, t0);
      w = FloatVector.broadcast(SPECIES, x[at + 1]);
      s1 = w.fma(y, s1);
      t1 = w.fma(z, t1);
      w = FloatVector.broadcast(SPECIES, x[at + 2]);
      s2 = w.fma(y, s2);
      t2 = w.fma(z, t2);
      w = FloatVector.broadcast(SPECIES, x[at + 3]);
      s3 = w.fma(y, s3);
      t3 = w.fma(z, t3);
      w = FloatVector.broadcast(SPECIES, x[at + 4]);
      s4 = w.fma(y, s4);
      t4 = w.fma(z, t4);
      w = FloatVector.broadcast(SPECIES, x[at + 5]);
      s5 = w.fma(y, s5);
      t5 = w.fma(z, t5);
      w = FloatVector.broadcast(SPECIES, x[at + 6]);
      s6 = w.fma(y, s6);
      t6 = w.fma(z, t6);
      w = FloatVector.broadcast(SPECIES, x[at + 7]);
      s7 = w.fma(y, s7);
      t7 = w.fma(z, t7);
      at += step;
    }
    s0.intoArray(c, c0);
    t0.intoArray(c, c0 + LANES);
    int c1 = c0 + 1 * stride;
    s1.intoArray(c, c1);
    t1.intoArray(c, c1 + LANES);
    int c2 = c0 + 2 * stride;
    s2.intoArray(c, c2);
    t2.intoArray(c, c2 + LANES);
    int c3 = c0 + 3 * stride;
    s3.intoArray(c, c3);
    t3.intoArray(c, c3 + LANES);
    int c4 = c0 + 4 * stride;
    s4.intoArray(c, c4);
    t4.intoArray(c, c4 + LANES);
    int c5 = c0 + 5 * stride;
    s5.intoArray(c, c5);
    t5.intoArray(c, c5 + LANES);
    int c6 = c0 + 6 * stride;
    s6.intoArray(c, c6);
    t6.intoArray(c, c6 + LANES);
    int c7 = c0 + 7 * stride;
    s7.intoArray(c, c7);
    t7.intoArray(c, c7 + LANES);
  }
}
