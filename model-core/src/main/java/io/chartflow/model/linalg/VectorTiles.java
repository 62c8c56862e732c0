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

  /**
   * Floats of two vectors. As one number: JDK 17 does not make one shift of {@code p·2·LANES}, and
   * keeps the bounds checks of what it cannot see as a multiple of p.
   */
  static final int WIDTH = 2 * LANES;

  private VectorTiles() {}

  /**
   * Four rows of {@code c}, the first row i, from its element at {@code c0} on, by two vectors. The
   * sums begin with {@code start}, from {@code f0} on, a row every {@code rowStep}.
   */
  static void tile4x2(
      LeftFactor a,
      int i,
      int last,
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
    int inner = a.inner();
    int step = a.step();
    int at = a0;
    for (int p = 0; p < inner; p++) {
      FloatVector y = FloatVector.fromArray(SPECIES, panel, from + p * WIDTH);
      FloatVector z = FloatVector.fromArray(SPECIES, panel, from + p * WIDTH + LANES);
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
   * Four rows by four vectors, along the rows of the left factor: what loading and storing the sums
   * takes, which with few steps is as much as adding, is spread over twice as many columns, and
   * each number of the left factor serves four. The right factor comes as two panels, which begin
   * at {@code from} and {@code next}.
   */
  static void along4x4(
      LeftFactor a,
      int i,
      int last,
      float[] panel,
      int from,
      int next,
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
    FloatVector s0 = FloatVector.fromArray(SPECIES, start, f0);
    FloatVector t0 = FloatVector.fromArray(SPECIES, start, f0 + LANES);
    FloatVector u0 = FloatVector.fromArray(SPECIES, start, f0 + 2 * LANES);
    FloatVector v0 = FloatVector.fromArray(SPECIES, start, f0 + 3 * LANES);
    int f1 = f0 + Math.min(1, last) * rowStep;
    FloatVector s1 = FloatVector.fromArray(SPECIES, start, f1);
    FloatVector t1 = FloatVector.fromArray(SPECIES, start, f1 + LANES);
    FloatVector u1 = FloatVector.fromArray(SPECIES, start, f1 + 2 * LANES);
    FloatVector v1 = FloatVector.fromArray(SPECIES, start, f1 + 3 * LANES);
    int f2 = f0 + Math.min(2, last) * rowStep;
    FloatVector s2 = FloatVector.fromArray(SPECIES, start, f2);
    FloatVector t2 = FloatVector.fromArray(SPECIES, start, f2 + LANES);
    FloatVector u2 = FloatVector.fromArray(SPECIES, start, f2 + 2 * LANES);
    FloatVector v2 = FloatVector.fromArray(SPECIES, start, f2 + 3 * LANES);
    int f3 = f0 + Math.min(3, last) * rowStep;
    FloatVector s3 = FloatVector.fromArray(SPECIES, start, f3);
    FloatVector t3 = FloatVector.fromArray(SPECIES, start, f3 + LANES);
    FloatVector u3 = FloatVector.fromArray(SPECIES, start, f3 + 2 * LANES);
    FloatVector v3 = FloatVector.fromArray(SPECIES, start, f3 + 3 * LANES);
    int inner = a.inner();
    for (int p = 0; p < inner; p++) {
      FloatVector y = FloatVector.fromArray(SPECIES, panel, from + p * WIDTH);
      FloatVector z = FloatVector.fromArray(SPECIES, panel, from + p * WIDTH + LANES);
      FloatVector g = FloatVector.fromArray(SPECIES, panel, next + p * WIDTH);
      FloatVector h = FloatVector.fromArray(SPECIES, panel, next + p * WIDTH + LANES);
      FloatVector w = FloatVector.broadcast(SPECIES, x[a0 + p]);
      s0 = w.fma(y, s0);
      t0 = w.fma(z, t0);
      u0 = w.fma(g, u0);
      v0 = w.fma(h, v0);
      w = FloatVector.broadcast(SPECIES, x[a1 + p]);
      s1 = w.fma(y, s1);
      t1 = w.fma(z, t1);
      u1 = w.fma(g, u1);
      v1 = w.fma(h, v1);
      w = FloatVector.broadcast(SPECIES, x[a2 + p]);
      s2 = w.fma(y, s2);
      t2 = w.fma(z, t2);
      u2 = w.fma(g, u2);
      v2 = w.fma(h, v2);
      w = FloatVector.broadcast(SPECIES, x[a3 + p]);
      s3 = w.fma(y, s3);
      t3 = w.fma(z, t3);
      u3 = w.fma(g, u3);
      v3 = w.fma(h, v3);
    }
    s0.intoArray(c, c0);
    t0.intoArray(c, c0 + LANES);
    u0.intoArray(c, c0 + 2 * LANES);
    v0.intoArray(c, c0 + 3 * LANES);
    int c1 = c0 + Math.min(1, last) * stride;
    s1.intoArray(c, c1);
    t1.intoArray(c, c1 + LANES);
    u1.intoArray(c, c1 + 2 * LANES);
    v1.intoArray(c, c1 + 3 * LANES);
    int c2 = c0 + Math.min(2, last) * stride;
    s2.intoArray(c, c2);
    t2.intoArray(c, c2 + LANES);
    u2.intoArray(c, c2 + 2 * LANES);
    v2.intoArray(c, c2 + 3 * LANES);
    int c3 = c0 + Math.min(3, last) * stride;
    s3.intoArray(c, c3);
    t3.intoArray(c, c3 + LANES);
    u3.intoArray(c, c3 + 2 * LANES);
    v3.intoArray(c, c3 + 3 * LANES);
  }

  /**
   * Eight rows by two vectors, all eight there, of a left factor laid out as {@link LeftPanels} has
   * it. The panel begins at {@code from}.
   */
  static void laid8x2(
      float[] x,
      int at,
      int steps,
      float[] panel,
      int from,
      float[] start,
      int f0,
      int rowStep,
      float[] c,
      int c0,
      int stride) {
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
    for (int p = 0; p < steps; p++) {
      FloatVector y = FloatVector.fromArray(SPECIES, panel, from + p * WIDTH);
      FloatVector z = FloatVector.fromArray(SPECIES, panel, from + p * WIDTH + LANES);
      FloatVector w = FloatVector.broadcast(SPECIES, x[at + p * LeftPanels.ROWS]);
      s0 = w.fma(y, s0);
      t0 = w.fma(z, t0);
      w = FloatVector.broadcast(SPECIES, x[at + p * LeftPanels.ROWS + 1]);
      s1 = w.fma(y, s1);
      t1 = w.fma(z, t1);
      w = FloatVector.broadcast(SPECIES, x[at + p * LeftPanels.ROWS + 2]);
      s2 = w.fma(y, s2);
      t2 = w.fma(z, t2);
      w = FloatVector.broadcast(SPECIES, x[at + p * LeftPanels.ROWS + 3]);
      s3 = w.fma(y, s3);
      t3 = w.fma(z, t3);
      w = FloatVector.broadcast(SPECIES, x[at + p * LeftPanels.ROWS + 4]);
      s4 = w.fma(y, s4);
      t4 = w.fma(z, t4);
      w = FloatVector.broadcast(SPECIES, x[at + p * LeftPanels.ROWS + 5]);
      s5 = w.fma(y, s5);
      t5 = w.fma(z, t5);
      w = FloatVector.broadcast(SPECIES, x[at + p * LeftPanels.ROWS + 6]);
      s6 = w.fma(y, s6);
      t6 = w.fma(z, t6);
      w = FloatVector.broadcast(SPECIES, x[at + p * LeftPanels.ROWS + 7]);
      s7 = w.fma(y, s7);
      t7 = w.fma(z, t7);
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

  /**
   * One step of the inner index, for rows whose sums lie in {@code c} already; their numbers lie
   * every {@code rowStep} from {@code at} on, the columns of the right factor from {@code from} on.
   */
  static void step(
      float[] x,
      int at,
      int rowStep,
      int rows,
      float[] panel,
      int from,
      int width,
      float[] c,
      int c0,
      int stride) {
    for (int r = 0; r < rows; r++) {
      float w = x[at + r * rowStep];
      for (int j = 0; j < width; j += LANES) {
        int to = c0 + r * stride + j;
        FloatVector sum = FloatVector.fromArray(SPECIES, c, to);
        FloatVector y = FloatVector.fromArray(SPECIES, panel, from + j);
        FloatVector.broadcast(SPECIES, w).fma(y, sum).intoArray(c, to);
      }
    }
  }
}
