package io.chartflow.model.linalg;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles of a product: {@code c += a·b} for some rows of {@code c} and one or two vectors
 * of its columns, every element by fused multiply-adds in the order of the inner index. A tile that
 * reaches past the last row computes that row again and writes the same bits twice, which costs
 * less than tails.
 */
final class VectorTiles {

  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  static final int LANES = SPECIES.length();

  private static final List<VectorMask<Float>> FIRST =
      IntStream.rangeClosed(0, LANES).mapToObj(n -> lanes(0, n)).toList();
  private static final List<VectorMask<Float>> LAST =
      IntStream.rangeClosed(0, LANES).mapToObj(n -> lanes(LANES - n, LANES)).toList();

  private VectorTiles() {}

  /** The first {@code count} lanes. */
  static VectorMask<Float> first(int count) {
    return FIRST.get(count);
  }

  /** The last {@code count} lanes. */
  static VectorMask<Float> last(int count) {
    return LAST.get(count);
  }

  private static VectorMask<Float> lanes(int from, int to) {
    boolean[] lanes = new boolean[LANES];
    Arrays.fill(lanes, from, to, true);
    return VectorMask.fromArray(SPECIES, lanes, 0);
  }

  /** The left factor: element (row, inner) lies at {@code offset + row·rowStep + inner·step}. */
  @SuppressWarnings("ArrayRecordComponent") // a view, compared by nobody
  record Left(float[] data, int offset, int rowStep, int step, int inner) {

    /** From row {@code i} on. */
    Left from(int i) {
      return new Left(data, offset + i * rowStep, rowStep, step, inner);
    }
  }

  /**
   * Eight rows by the vectors at columns {@code j} and {@code k}, which may overlap; rows after
   * {@code last} repeat it.
   */
  static void tile8x2(Left a, Matrix right, Matrix out, int i, int last, int j, int k) {
    float[] x = a.data();
    float[] b = right.data();
    float[] c = out.data();
    int stride = out.stride();
    int rowStep = a.rowStep();
    int r1 = Math.min(1, last - i);
    int r2 = Math.min(2, last - i);
    int r3 = Math.min(3, last - i);
    int r4 = Math.min(4, last - i);
    int r5 = Math.min(5, last - i);
    int r6 = Math.min(6, last - i);
    int r7 = Math.min(7, last - i);
    int next = k - j;
    int c0 = out.row(i) + j;
    int c1 = c0 + r1 * stride;
    int c2 = c0 + r2 * stride;
    int c3 = c0 + r3 * stride;
    int c4 = c0 + r4 * stride;
    int c5 = c0 + r5 * stride;
    int c6 = c0 + r6 * stride;
    int c7 = c0 + r7 * stride;
    FloatVector s0 = FloatVector.fromArray(SPECIES, c, c0);
    FloatVector t0 = FloatVector.fromArray(SPECIES, c, c0 + next);
    FloatVector s1 = FloatVector.fromArray(SPECIES, c, c1);
    FloatVector t1 = FloatVector.fromArray(SPECIES, c, c1 + next);
    FloatVector s2 = FloatVector.fromArray(SPECIES, c, c2);
    FloatVector t2 = FloatVector.fromArray(SPECIES, c, c2 + next);
    FloatVector s3 = FloatVector.fromArray(SPECIES, c, c3);
    FloatVector t3 = FloatVector.fromArray(SPECIES, c, c3 + next);
    FloatVector s4 = FloatVector.fromArray(SPECIES, c, c4);
    FloatVector t4 = FloatVector.fromArray(SPECIES, c, c4 + next);
    FloatVector s5 = FloatVector.fromArray(SPECIES, c, c5);
    FloatVector t5 = FloatVector.fromArray(SPECIES, c, c5 + next);
    FloatVector s6 = FloatVector.fromArray(SPECIES, c, c6);
    FloatVector t6 = FloatVector.fromArray(SPECIES, c, c6 + next);
    FloatVector s7 = FloatVector.fromArray(SPECIES, c, c7);
    FloatVector t7 = FloatVector.fromArray(SPECIES, c, c7 + next);
    int a1 = r1 * rowStep;
    int a2 = r2 * rowStep;
    int a3 = r3 * rowStep;
    int a4 = r4 * rowStep;
    int a5 = r5 * rowStep;
    int a6 = r6 * rowStep;
    int a7 = r7 * rowStep;
    int inner = a.inner();
    int step = a.step();
    int ldb = right.stride();
    int ap = a.offset() + i * rowStep;
    int bp = right.offset() + j;
    for (int p = 0; p < inner; p++) {
      FloatVector y = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector z = FloatVector.fromArray(SPECIES, b, bp + next);
      FloatVector w = FloatVector.broadcast(SPECIES, x[ap]);
      s0 = w.fma(y, s0);
      t0 = w.fma(z, t0);
      w = FloatVector.broadcast(SPECIES, x[ap + a1]);
      s1 = w.fma(y, s1);
      t1 = w.fma(z, t1);
      w = FloatVector.broadcast(SPECIES, x[ap + a2]);
      s2 = w.fma(y, s2);
      t2 = w.fma(z, t2);
      w = FloatVector.broadcast(SPECIES, x[ap + a3]);
      s3 = w.fma(y, s3);
      t3 = w.fma(z, t3);
      w = FloatVector.broadcast(SPECIES, x[ap + a4]);
      s4 = w.fma(y, s4);
      t4 = w.fma(z, t4);
      w = FloatVector.broadcast(SPECIES, x[ap + a5]);
      s5 = w.fma(y, s5);
      t5 = w.fma(z, t5);
      w = FloatVector.broadcast(SPECIES, x[ap + a6]);
      s6 = w.fma(y, s6);
      t6 = w.fma(z, t6);
      w = FloatVector.broadcast(SPECIES, x[ap + a7]);
      s7 = w.fma(y, s7);
      t7 = w.fma(z, t7);
      ap += step;
      bp += ldb;
    }
    s0.intoArray(c, c0);
    t0.intoArray(c, c0 + next);
    s1.intoArray(c, c1);
    t1.intoArray(c, c1 + next);
    s2.intoArray(c, c2);
    t2.intoArray(c, c2 + next);
    s3.intoArray(c, c3);
    t3.intoArray(c, c3 + next);
    s4.intoArray(c, c4);
    t4.intoArray(c, c4 + next);
    s5.intoArray(c, c5);
    t5.intoArray(c, c5 + next);
    s6.intoArray(c, c6);
    t6.intoArray(c, c6 + next);
    s7.intoArray(c, c7);
    t7.intoArray(c, c7 + next);
  }

  /**
   * Four rows by the vectors at columns {@code j} and {@code k}, which may overlap; rows after
   * {@code last} repeat it.
   */
  static void tile4x2(Left a, Matrix right, Matrix out, int i, int last, int j, int k) {
    float[] x = a.data();
    float[] b = right.data();
    float[] c = out.data();
    int stride = out.stride();
    int rowStep = a.rowStep();
    int r1 = Math.min(1, last - i);
    int r2 = Math.min(2, last - i);
    int r3 = Math.min(3, last - i);
    int next = k - j;
    int c0 = out.row(i) + j;
    int c1 = c0 + r1 * stride;
    int c2 = c0 + r2 * stride;
    int c3 = c0 + r3 * stride;
    FloatVector s0 = FloatVector.fromArray(SPECIES, c, c0);
    FloatVector t0 = FloatVector.fromArray(SPECIES, c, c0 + next);
    FloatVector s1 = FloatVector.fromArray(SPECIES, c, c1);
    FloatVector t1 = FloatVector.fromArray(SPECIES, c, c1 + next);
    FloatVector s2 = FloatVector.fromArray(SPECIES, c, c2);
    FloatVector t2 = FloatVector.fromArray(SPECIES, c, c2 + next);
    FloatVector s3 = FloatVector.fromArray(SPECIES, c, c3);
    FloatVector t3 = FloatVector.fromArray(SPECIES, c, c3 + next);
    int a1 = r1 * rowStep;
    int a2 = r2 * rowStep;
    int a3 = r3 * rowStep;
    int inner = a.inner();
    int step = a.step();
    int ldb = right.stride();
    int ap = a.offset() + i * rowStep;
    int bp = right.offset() + j;
    for (int p = 0; p < inner; p++) {
      FloatVector y = FloatVector.fromArray(SPECIES, b, bp);
      FloatVector z = FloatVector.fromArray(SPECIES, b, bp + next);
      FloatVector w = FloatVector.broadcast(SPECIES, x[ap]);
      s0 = w.fma(y, s0);
      t0 = w.fma(z, t0);
      w = FloatVector.broadcast(SPECIES, x[ap + a1]);
      s1 = w.fma(y, s1);
      t1 = w.fma(z, t1);
      w = FloatVector.broadcast(SPECIES, x[ap + a2]);
      s2 = w.fma(y, s2);
      t2 = w.fma(z, t2);
      w = FloatVector.broadcast(SPECIES, x[ap + a3]);
      s3 = w.fma(y, s3);
      t3 = w.fma(z, t3);
      ap += step;
      bp += ldb;
    }
    s0.intoArray(c, c0);
    t0.intoArray(c, c0 + next);
    s1.intoArray(c, c1);
    t1.intoArray(c, c1 + next);
    s2.intoArray(c, c2);
    t2.intoArray(c, c2 + next);
    s3.intoArray(c, c3);
    t3.intoArray(c, c3 + next);
  }

  /**
   * Eight rows by the vector at column {@code j}, of which the lanes {@code fresh} are set; rows
   * after {@code last} repeat it. Lanes that reach into the next rows write back what they read,
   * before those rows are written.
   */
  static void tile8x1(
      Left a, Matrix right, Matrix out, int i, int last, int j, VectorMask<Float> fresh) {
    float[] x = a.data();
    float[] b = right.data();
    float[] c = out.data();
    int rowStep = a.rowStep();
    int r1 = Math.min(1, last - i);
    int r2 = Math.min(2, last - i);
    int r3 = Math.min(3, last - i);
    int r4 = Math.min(4, last - i);
    int r5 = Math.min(5, last - i);
    int r6 = Math.min(6, last - i);
    int r7 = Math.min(7, last - i);
    int c0 = out.row(i) + j;
    int c1 = c0 + r1 * out.stride();
    int c2 = c0 + r2 * out.stride();
    int c3 = c0 + r3 * out.stride();
    int c4 = c0 + r4 * out.stride();
    int c5 = c0 + r5 * out.stride();
    int c6 = c0 + r6 * out.stride();
    int c7 = c0 + r7 * out.stride();
    FloatVector s0 = FloatVector.fromArray(SPECIES, c, c0);
    FloatVector s1 = FloatVector.fromArray(SPECIES, c, c1);
    FloatVector s2 = FloatVector.fromArray(SPECIES, c, c2);
    FloatVector s3 = FloatVector.fromArray(SPECIES, c, c3);
    FloatVector s4 = FloatVector.fromArray(SPECIES, c, c4);
    FloatVector s5 = FloatVector.fromArray(SPECIES, c, c5);
    FloatVector s6 = FloatVector.fromArray(SPECIES, c, c6);
    FloatVector s7 = FloatVector.fromArray(SPECIES, c, c7);
    int a1 = r1 * rowStep;
    int a2 = r2 * rowStep;
    int a3 = r3 * rowStep;
    int a4 = r4 * rowStep;
    int a5 = r5 * rowStep;
    int a6 = r6 * rowStep;
    int a7 = r7 * rowStep;
    int inner = a.inner();
    int step = a.step();
    int ldb = right.stride();
    int ap = a.offset() + i * rowStep;
    int bp = right.offset() + j;
    for (int p = 0; p < inner; p++) {
      FloatVector y = FloatVector.fromArray(SPECIES, b, bp);
      s0 = FloatVector.broadcast(SPECIES, x[ap]).fma(y, s0);
      s1 = FloatVector.broadcast(SPECIES, x[ap + a1]).fma(y, s1);
      s2 = FloatVector.broadcast(SPECIES, x[ap + a2]).fma(y, s2);
      s3 = FloatVector.broadcast(SPECIES, x[ap + a3]).fma(y, s3);
      s4 = FloatVector.broadcast(SPECIES, x[ap + a4]).fma(y, s4);
      s5 = FloatVector.broadcast(SPECIES, x[ap + a5]).fma(y, s5);
      s6 = FloatVector.broadcast(SPECIES, x[ap + a6]).fma(y, s6);
      s7 = FloatVector.broadcast(SPECIES, x[ap + a7]).fma(y, s7);
      ap += step;
      bp += ldb;
    }
    FloatVector d0 = FloatVector.fromArray(SPECIES, c, c0);
    FloatVector d1 = FloatVector.fromArray(SPECIES, c, c1);
    FloatVector d2 = FloatVector.fromArray(SPECIES, c, c2);
    FloatVector d3 = FloatVector.fromArray(SPECIES, c, c3);
    FloatVector d4 = FloatVector.fromArray(SPECIES, c, c4);
    FloatVector d5 = FloatVector.fromArray(SPECIES, c, c5);
    FloatVector d6 = FloatVector.fromArray(SPECIES, c, c6);
    FloatVector d7 = FloatVector.fromArray(SPECIES, c, c7);
    d0.blend(s0, fresh).intoArray(c, c0);
    d1.blend(s1, fresh).intoArray(c, c1);
    d2.blend(s2, fresh).intoArray(c, c2);
    d3.blend(s3, fresh).intoArray(c, c3);
    d4.blend(s4, fresh).intoArray(c, c4);
    d5.blend(s5, fresh).intoArray(c, c5);
    d6.blend(s6, fresh).intoArray(c, c6);
    d7.blend(s7, fresh).intoArray(c, c7);
  }
}
