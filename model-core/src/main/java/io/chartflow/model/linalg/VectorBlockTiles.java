package io.chartflow.model.linalg;

import static io.chartflow.model.linalg.VectorTiles.LANES;
import static io.chartflow.model.linalg.VectorTiles.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * A layer's outputs of a block, {@code max(least, bias + h·W)}: eight outputs of two vectors of
 * rows, sixteen sums in registers. What the relu compares with is spread once: spread for each sum,
 * twice, a tile was longer than what the compiler of JDK 17 inlines ({@link VectorRounds}), and in
 * one process of three its sums were objects.
 */
final class VectorBlockTiles {

  private static final int ROWS = VectorTiles.WIDTH;

  private VectorBlockTiles() {}

  /**
   * The outputs {@code j … j + 7}, by weights laid out as {@link LeftPanels} has them: all
   * distances are constants, and no bounds check stays in the loop.
   */
  static void laid(
      float[] h,
      int from,
      int inner,
      float[] x,
      int at,
      Matrix bias,
      int j,
      float least,
      float[] out,
      int to) {
    float[] b = bias.data();
    int b0 = bias.offset() + j;
    FloatVector s0 = FloatVector.broadcast(SPECIES, b[b0]);
    FloatVector s1 = FloatVector.broadcast(SPECIES, b[b0 + 1]);
    FloatVector s2 = FloatVector.broadcast(SPECIES, b[b0 + 2]);
    FloatVector s3 = FloatVector.broadcast(SPECIES, b[b0 + 3]);
    FloatVector s4 = FloatVector.broadcast(SPECIES, b[b0 + 4]);
    FloatVector s5 = FloatVector.broadcast(SPECIES, b[b0 + 5]);
    FloatVector s6 = FloatVector.broadcast(SPECIES, b[b0 + 6]);
    FloatVector s7 = FloatVector.broadcast(SPECIES, b[b0 + 7]);
    FloatVector t0 = s0;
    FloatVector t1 = s1;
    FloatVector t2 = s2;
    FloatVector t3 = s3;
    FloatVector t4 = s4;
    FloatVector t5 = s5;
    FloatVector t6 = s6;
    FloatVector t7 = s7;
    for (int p = 0; p < inner; p++) {
      FloatVector y = FloatVector.fromArray(SPECIES, h, from + p * ROWS);
      FloatVector z = FloatVector.fromArray(SPECIES, h, from + p * ROWS + LANES);
      FloatVector u = FloatVector.broadcast(SPECIES, x[at + p * LeftPanels.ROWS]);
      s0 = u.fma(y, s0);
      t0 = u.fma(z, t0);
      u = FloatVector.broadcast(SPECIES, x[at + p * LeftPanels.ROWS + 1]);
      s1 = u.fma(y, s1);
      t1 = u.fma(z, t1);
      u = FloatVector.broadcast(SPECIES, x[at + p * LeftPanels.ROWS + 2]);
      s2 = u.fma(y, s2);
      t2 = u.fma(z, t2);
      u = FloatVector.broadcast(SPECIES, x[at + p * LeftPanels.ROWS + 3]);
      s3 = u.fma(y, s3);
      t3 = u.fma(z, t3);
      u = FloatVector.broadcast(SPECIES, x[at + p * LeftPanels.ROWS + 4]);
      s4 = u.fma(y, s4);
      t4 = u.fma(z, t4);
      u = FloatVector.broadcast(SPECIES, x[at + p * LeftPanels.ROWS + 5]);
      s5 = u.fma(y, s5);
      t5 = u.fma(z, t5);
      u = FloatVector.broadcast(SPECIES, x[at + p * LeftPanels.ROWS + 6]);
      s6 = u.fma(y, s6);
      t6 = u.fma(z, t6);
      u = FloatVector.broadcast(SPECIES, x[at + p * LeftPanels.ROWS + 7]);
      s7 = u.fma(y, s7);
      t7 = u.fma(z, t7);
    }
    FloatVector floor = FloatVector.broadcast(SPECIES, least);
    s0.blend(floor, s0.compare(VectorOperators.LE, floor)).intoArray(out, to);
    t0.blend(floor, t0.compare(VectorOperators.LE, floor)).intoArray(out, to + LANES);
    s1.blend(floor, s1.compare(VectorOperators.LE, floor)).intoArray(out, to + ROWS);
    t1.blend(floor, t1.compare(VectorOperators.LE, floor)).intoArray(out, to + ROWS + LANES);
    s2.blend(floor, s2.compare(VectorOperators.LE, floor)).intoArray(out, to + 2 * ROWS);
    t2.blend(floor, t2.compare(VectorOperators.LE, floor)).intoArray(out, to + 2 * ROWS + LANES);
    s3.blend(floor, s3.compare(VectorOperators.LE, floor)).intoArray(out, to + 3 * ROWS);
    t3.blend(floor, t3.compare(VectorOperators.LE, floor)).intoArray(out, to + 3 * ROWS + LANES);
    s4.blend(floor, s4.compare(VectorOperators.LE, floor)).intoArray(out, to + 4 * ROWS);
    t4.blend(floor, t4.compare(VectorOperators.LE, floor)).intoArray(out, to + 4 * ROWS + LANES);
    s5.blend(floor, s5.compare(VectorOperators.LE, floor)).intoArray(out, to + 5 * ROWS);
    t5.blend(floor, t5.compare(VectorOperators.LE, floor)).intoArray(out, to + 5 * ROWS + LANES);
    s6.blend(floor, s6.compare(VectorOperators.LE, floor)).intoArray(out, to + 6 * ROWS);
    t6.blend(floor, t6.compare(VectorOperators.LE, floor)).intoArray(out, to + 6 * ROWS + LANES);
    s7.blend(floor, s7.compare(VectorOperators.LE, floor)).intoArray(out, to + 7 * ROWS);
    t7.blend(floor, t7.compare(VectorOperators.LE, floor)).intoArray(out, to + 7 * ROWS + LANES);
  }

  /**
   * The outputs {@code j … j + 7} of few inputs, by weights as they lie; behind row {@code last} of
   * them the next is {@code jump} floats on.
   */
  static void asTheyLie(
      float[] h,
      int from,
      int inner,
      Matrix weights,
      int last,
      int jump,
      Matrix bias,
      int j,
      float least,
      float[] out,
      int to) {
    float[] b = bias.data();
    int b0 = bias.offset() + j;
    FloatVector s0 = FloatVector.broadcast(SPECIES, b[b0]);
    FloatVector s1 = FloatVector.broadcast(SPECIES, b[b0 + 1]);
    FloatVector s2 = FloatVector.broadcast(SPECIES, b[b0 + 2]);
    FloatVector s3 = FloatVector.broadcast(SPECIES, b[b0 + 3]);
    FloatVector s4 = FloatVector.broadcast(SPECIES, b[b0 + 4]);
    FloatVector s5 = FloatVector.broadcast(SPECIES, b[b0 + 5]);
    FloatVector s6 = FloatVector.broadcast(SPECIES, b[b0 + 6]);
    FloatVector s7 = FloatVector.broadcast(SPECIES, b[b0 + 7]);
    FloatVector t0 = s0;
    FloatVector t1 = s1;
    FloatVector t2 = s2;
    FloatVector t3 = s3;
    FloatVector t4 = s4;
    FloatVector t5 = s5;
    FloatVector t6 = s6;
    FloatVector t7 = s7;
    float[] x = weights.data();
    int step = weights.stride();
    int w = weights.offset() + j;
    for (int p = 0; p < inner; p++) {
      FloatVector y = FloatVector.fromArray(SPECIES, h, from + p * ROWS);
      FloatVector z = FloatVector.fromArray(SPECIES, h, from + p * ROWS + LANES);
      FloatVector u = FloatVector.broadcast(SPECIES, x[w]);
      s0 = u.fma(y, s0);
      t0 = u.fma(z, t0);
      u = FloatVector.broadcast(SPECIES, x[w + 1]);
      s1 = u.fma(y, s1);
      t1 = u.fma(z, t1);
      u = FloatVector.broadcast(SPECIES, x[w + 2]);
      s2 = u.fma(y, s2);
      t2 = u.fma(z, t2);
      u = FloatVector.broadcast(SPECIES, x[w + 3]);
      s3 = u.fma(y, s3);
      t3 = u.fma(z, t3);
      u = FloatVector.broadcast(SPECIES, x[w + 4]);
      s4 = u.fma(y, s4);
      t4 = u.fma(z, t4);
      u = FloatVector.broadcast(SPECIES, x[w + 5]);
      s5 = u.fma(y, s5);
      t5 = u.fma(z, t5);
      u = FloatVector.broadcast(SPECIES, x[w + 6]);
      s6 = u.fma(y, s6);
      t6 = u.fma(z, t6);
      u = FloatVector.broadcast(SPECIES, x[w + 7]);
      s7 = u.fma(y, s7);
      t7 = u.fma(z, t7);
      w += p == last ? jump : step;
    }
    FloatVector floor = FloatVector.broadcast(SPECIES, least);
    s0.blend(floor, s0.compare(VectorOperators.LE, floor)).intoArray(out, to);
    t0.blend(floor, t0.compare(VectorOperators.LE, floor)).intoArray(out, to + LANES);
    s1.blend(floor, s1.compare(VectorOperators.LE, floor)).intoArray(out, to + ROWS);
    t1.blend(floor, t1.compare(VectorOperators.LE, floor)).intoArray(out, to + ROWS + LANES);
    s2.blend(floor, s2.compare(VectorOperators.LE, floor)).intoArray(out, to + 2 * ROWS);
    t2.blend(floor, t2.compare(VectorOperators.LE, floor)).intoArray(out, to + 2 * ROWS + LANES);
    s3.blend(floor, s3.compare(VectorOperators.LE, floor)).intoArray(out, to + 3 * ROWS);
    t3.blend(floor, t3.compare(VectorOperators.LE, floor)).intoArray(out, to + 3 * ROWS + LANES);
    s4.blend(floor, s4.compare(VectorOperators.LE, floor)).intoArray(out, to + 4 * ROWS);
    t4.blend(floor, t4.compare(VectorOperators.LE, floor)).intoArray(out, to + 4 * ROWS + LANES);
    s5.blend(floor, s5.compare(VectorOperators.LE, floor)).intoArray(out, to + 5 * ROWS);
    t5.blend(floor, t5.compare(VectorOperators.LE, floor)).intoArray(out, to + 5 * ROWS + LANES);
    s6.blend(floor, s6.compare(VectorOperators.LE, floor)).intoArray(out, to + 6 * ROWS);
    t6.blend(floor, t6.compare(VectorOperators.LE, floor)).intoArray(out, to + 6 * ROWS + LANES);
    s7.blend(floor, s7.compare(VectorOperators.LE, floor)).intoArray(out, to + 7 * ROWS);
    t7.blend(floor, t7.compare(VectorOperators.LE, floor)).intoArray(out, to + 7 * ROWS + LANES);
  }
}
