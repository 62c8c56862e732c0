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
   * Four rows of {@code c}, the first row i, from its element at {@code c0} on, by two vectors. The
   * sums begin with {@code start}, from {@code f0} on, a row every {@code rowStep}.
   */
  static void tile4x2(
      LeftFactor a,
      int i,
      int last,
      float[] panel,
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

  /** One step of the inner index, for rows whose sums lie in {@code c} already. */
  static void step(
      LeftFactor a,
      int i,
      int rows,
      int p,
      float[] panel,
      int width,
      float[] c,
      int c0,
      int stride) {
    for (int r = 0; r < rows; r++) {
      float x = a.data()[a.at(i + r, p)];
      for (int j = 0; j < width; j += LANES) {
        int to = c0 + r * stride + j;
        FloatVector sum = FloatVector.fromArray(SPECIES, c, to);
        FloatVector y = FloatVector.fromArray(SPECIES, panel, p * width + j);
        FloatVector.broadcast(SPECIES, x).fma(y, sum).intoArray(c, to);
      }
    }
  }
}
