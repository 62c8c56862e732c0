package io.chartflow.model.linalg;

import static io.chartflow.model.linalg.VectorTiles.LANES;
import static io.chartflow.model.linalg.VectorTiles.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Layers on blocks of two vectors of rows: each weight is spread over a vector and multiplies both.
 * Tiles are eight outputs of a block, sixteen sums in registers, as {@link VectorTiles} has them.
 */
final class VectorBlocks implements BlockKernels {

  private static final int ROWS = VectorTiles.WIDTH;

  /** Inputs that are multiplied before the next: their block stays in the L1 cache. */
  private static final int INNER = 256;

  /** Codes whose distances are looked through while they are in cache. */
  private static final int TOGETHER = 64;

  /** Sums of two columns' quarters: of the parts that are 0, 1, 2 and 3 modulo 4. */
  private final float[] quarters = new float[4 * 2 * ROWS];

  /** Distances that are not the smallest. */
  private final float[] others = new float[TOGETHER * ROWS];

  @Override
  public int rows() {
    return ROWS;
  }

  @Override
  public void affine(
      AlignedFloats h,
      int skip,
      Matrix weights,
      Matrix more,
      Matrix bias,
      boolean relu,
      AlignedFloats y) {
    requireOneArray(weights, more);
    int inner = weights.rows() + more.rows();
    int last = weights.rows() - 1;
    int jump = more.offset() - weights.row(last);
    int from = h.start() + skip;
    float least = least(relu);
    for (int j = 0; j < weights.cols(); j += LeftPanels.ROWS) {
      int to = y.start() + j * ROWS;
      VectorBlockTiles.asTheyLie(
          h.data(), from, inner, weights, last, jump, bias, j, least, y.data(), to);
    }
  }

  /** One array and one loop: with two loops on the same sums the compiler made objects of them. */
  private static void requireOneArray(Matrix weights, Matrix more) {
    if (weights.data() != more.data() || weights.stride() != more.stride()) {
      throw new IllegalArgumentException("expected weights of one array, got those of two");
    }
  }

  private static float least(boolean relu) {
    return relu ? 0f : Float.NEGATIVE_INFINITY;
  }

  @Override
  public void affine(AlignedFloats h, Packed weights, Matrix bias, boolean relu, AlignedFloats y) {
    LeftPanels[] parts = weights.turned();
    int outputs = weights.matrix().cols();
    float least = least(relu && parts.length == 1);
    for (int j = 0; j < outputs; j += LeftPanels.ROWS) {
      parts[0].layerTile(j, h.data(), h.start(), bias, least, y.data(), y.start() + j * ROWS);
    }
    if (parts.length > 1) {
      addParts(1, h, 0, parts, outputs, relu, y);
    }
  }

  @Override
  public void addSums(double scale, float[] s, int first, int columns, double[] sums, int at) {
    int done = VectorSums.add(scale, s, first, columns, sums, at);
    RowSums.add(scale, s, first + done * ROWS, columns - done, ROWS, false, sums, at);
  }

  /** Lays out a factor that is not narrow, if its columns fill panels. */
  static void reserve(Packed weights) {
    Matrix matrix = weights.matrix();
    int parts = (matrix.rows() + INNER - 1) / INNER;
    for (int part = 0; part < parts && fits(matrix); part++) {
      int count = Math.min(INNER, matrix.rows() - part * INNER);
      weights.turned(part, parts).reserveTransposed(matrix.cols(), count);
    }
  }

  /** Lays out the rows {@code [from, to)}, all of one part. */
  static void pack(Packed weights, int from, int to) {
    Matrix matrix = weights.matrix();
    if (fits(matrix)) {
      int part = from / INNER;
      int first = part * INNER;
      weights.turned()[part].setTransposed(matrix, first, from - first, to - first);
    }
  }

  private static boolean fits(Matrix weights) {
    return weights.cols() % LeftPanels.ROWS == 0;
  }

  @Override
  public void affine(AlignedFloats h, int skip, Packed weights, boolean relu, AlignedFloats y) {
    addParts(0, h, skip, weights.turned(), weights.matrix().cols(), relu, y);
  }

  /** The products of some inputs, to what lies in y. */
  private static void addParts(
      int first,
      AlignedFloats h,
      int skip,
      LeftPanels[] parts,
      int outputs,
      boolean relu,
      AlignedFloats y) {
    for (int part = first; part < parts.length; part++) {
      int from = h.start() + skip + part * INNER * ROWS;
      for (int j = 0; j < outputs; j += LeftPanels.ROWS) {
        int at = y.start() + j * ROWS;
        parts[part].tile(j, h.data(), from, y.data(), at, ROWS, y.data(), at, ROWS);
      }
    }
    if (relu) {
      VectorRows.relu(y.data(), y.start(), outputs * ROWS);
    }
  }

  @Override
  public void narrow(AlignedFloats h, Matrix weights, Matrix bias, AlignedFloats y) {
    for (int j = 0; j < weights.cols(); j += 2) {
      for (int q = 0; q < 4; q++) {
        quarter(h.data(), h.start(), q, weights, j, quarters, q * 2 * ROWS);
      }
      fold(quarters, 0, bias.get(0, j), y.data(), y.start() + j * ROWS);
      fold(quarters, ROWS, bias.get(0, j + 1), y.data(), y.start() + (j + 1) * ROWS);
    }
  }

  /**
   * Two columns' parts {@code q}, {@code q + 4}, {@code q + 8} and {@code q + 12}, and of each
   * column their sum, in halves.
   */
  private static void quarter(
      float[] h, int from, int q, Matrix weights, int j, float[] sums, int to) {
    float[] w = weights.data();
    int stride = weights.stride();
    int inner = weights.rows();
    FloatVector a0 = FloatVector.zero(SPECIES);
    FloatVector a1 = a0;
    FloatVector a2 = a0;
    FloatVector a3 = a0;
    FloatVector b0 = a0;
    FloatVector b1 = a0;
    FloatVector b2 = a0;
    FloatVector b3 = a0;
    FloatVector c0 = a0;
    FloatVector c1 = a0;
    FloatVector c2 = a0;
    FloatVector c3 = a0;
    FloatVector d0 = a0;
    FloatVector d1 = a0;
    FloatVector d2 = a0;
    FloatVector d3 = a0;
    for (int p = q; p < inner; p += Packed.PARTS) {
      int i = from + p * ROWS;
      int x = weights.offset() + p * stride + j;
      FloatVector y = FloatVector.fromArray(SPECIES, h, i);
      FloatVector z = FloatVector.fromArray(SPECIES, h, i + LANES);
      FloatVector u = FloatVector.broadcast(SPECIES, w[x]);
      FloatVector v = FloatVector.broadcast(SPECIES, w[x + 1]);
      a0 = u.fma(y, a0);
      a1 = u.fma(z, a1);
      a2 = v.fma(y, a2);
      a3 = v.fma(z, a3);
      x += 4 * stride;
      y = FloatVector.fromArray(SPECIES, h, i + 4 * ROWS);
      z = FloatVector.fromArray(SPECIES, h, i + 4 * ROWS + LANES);
      u = FloatVector.broadcast(SPECIES, w[x]);
      v = FloatVector.broadcast(SPECIES, w[x + 1]);
      b0 = u.fma(y, b0);
      b1 = u.fma(z, b1);
      b2 = v.fma(y, b2);
      b3 = v.fma(z, b3);
      x += 4 * stride;
      y = FloatVector.fromArray(SPECIES, h, i + 8 * ROWS);
      z = FloatVector.fromArray(SPECIES, h, i + 8 * ROWS + LANES);
      u = FloatVector.broadcast(SPECIES, w[x]);
      v = FloatVector.broadcast(SPECIES, w[x + 1]);
      c0 = u.fma(y, c0);
      c1 = u.fma(z, c1);
      c2 = v.fma(y, c2);
      c3 = v.fma(z, c3);
      x += 4 * stride;
      y = FloatVector.fromArray(SPECIES, h, i + 12 * ROWS);
      z = FloatVector.fromArray(SPECIES, h, i + 12 * ROWS + LANES);
      u = FloatVector.broadcast(SPECIES, w[x]);
      v = FloatVector.broadcast(SPECIES, w[x + 1]);
      d0 = u.fma(y, d0);
      d1 = u.fma(z, d1);
      d2 = v.fma(y, d2);
      d3 = v.fma(z, d3);
    }
    a0.add(c0).add(b0.add(d0)).intoArray(sums, to);
    a1.add(c1).add(b1.add(d1)).intoArray(sums, to + LANES);
    a2.add(c2).add(b2.add(d2)).intoArray(sums, to + ROWS);
    a3.add(c3).add(b3.add(d3)).intoArray(sums, to + ROWS + LANES);
  }

  /** A column's sum of its four quarters, in halves, and its bias. */
  private static void fold(float[] sums, int at, float bias, float[] y, int to) {
    for (int r = 0; r < ROWS; r += LANES) {
      FloatVector s0 = FloatVector.fromArray(SPECIES, sums, at + r);
      FloatVector s1 = FloatVector.fromArray(SPECIES, sums, at + r + 2 * ROWS);
      FloatVector s2 = FloatVector.fromArray(SPECIES, sums, at + r + 4 * ROWS);
      FloatVector s3 = FloatVector.fromArray(SPECIES, sums, at + r + 6 * ROWS);
      s0.add(s2).add(s1.add(s3)).add(bias).intoArray(y, to + r);
    }
  }

  @Override
  public void squaredDistances(
      float[] points, Matrix codes, float[] distances, int first, int m, float[] smallest) {
    for (int k = 0; k < codes.cols(); k += TOGETHER) {
      int end = Math.min(codes.cols(), k + TOGETHER);
      int at = (first + k) * ROWS;
      for (int of = k; of < end; of += 4) {
        fourDistances(points, codes, of, end - of - 1, distances, at + (of - k) * ROWS);
      }
      for (int next = 0; next < m - 1; next++) {
        float[] from = next == 0 ? distances : others;
        sink(from, next == 0 ? at : 0, end - k, others, smallest, next * ROWS);
      }
      if (m > 0) {
        least(m == 1 ? distances : others, m == 1 ? at : 0, end - k, smallest, (m - 1) * ROWS);
      }
    }
  }

  /** To the codes {@code k … k + 3}; after {@code k + last} the same again. */
  private static void fourDistances(
      float[] points, Matrix codes, int k, int last, float[] distances, int at) {
    float[] v = codes.data();
    int dimension = codes.rows();
    int stride = codes.stride();
    int k0 = codes.offset() + k;
    int k1 = k0 + Math.min(1, last);
    int k2 = k0 + Math.min(2, last);
    int k3 = k0 + Math.min(3, last);
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector t0 = s0;
    FloatVector t1 = s0;
    FloatVector t2 = s0;
    FloatVector t3 = s0;
    for (int j = 0; j < dimension; j++) {
      FloatVector y = FloatVector.fromArray(SPECIES, points, j * ROWS);
      FloatVector z = FloatVector.fromArray(SPECIES, points, j * ROWS + LANES);
      FloatVector w = FloatVector.broadcast(SPECIES, v[k0 + j * stride]);
      FloatVector d = y.sub(w);
      FloatVector e = z.sub(w);
      s0 = d.fma(d, s0);
      t0 = e.fma(e, t0);
      w = FloatVector.broadcast(SPECIES, v[k1 + j * stride]);
      d = y.sub(w);
      e = z.sub(w);
      s1 = d.fma(d, s1);
      t1 = e.fma(e, t1);
      w = FloatVector.broadcast(SPECIES, v[k2 + j * stride]);
      d = y.sub(w);
      e = z.sub(w);
      s2 = d.fma(d, s2);
      t2 = e.fma(e, t2);
      w = FloatVector.broadcast(SPECIES, v[k3 + j * stride]);
      d = y.sub(w);
      e = z.sub(w);
      s3 = d.fma(d, s3);
      t3 = e.fma(e, t3);
    }
    int to = at;
    s0.intoArray(distances, to);
    t0.intoArray(distances, to + LANES);
    to = at + Math.min(1, last) * ROWS;
    s1.intoArray(distances, to);
    t1.intoArray(distances, to + LANES);
    to = at + Math.min(2, last) * ROWS;
    s2.intoArray(distances, to);
    t2.intoArray(distances, to + LANES);
    to = at + Math.min(3, last) * ROWS;
    s3.intoArray(distances, to);
    t3.intoArray(distances, to + LANES);
  }

  /**
   * The smallest of some runs and of what {@code smallest} holds stays there; what it displaces
   * goes to {@code others}. What is not a number is smaller than nothing. By comparing alone: least
   * and most of vectors that were reinterpreted as integers became objects.
   */
  private static void sink(
      float[] from, int at, int count, float[] others, float[] smallest, int of) {
    FloatVector s = FloatVector.fromArray(SPECIES, smallest, of);
    FloatVector t = FloatVector.fromArray(SPECIES, smallest, of + LANES);
    for (int k = 0; k < count; k++) {
      int i = at + k * ROWS;
      FloatVector y = FloatVector.fromArray(SPECIES, from, i);
      FloatVector z = FloatVector.fromArray(SPECIES, from, i + LANES);
      VectorMask<Float> less = y.compare(VectorOperators.LT, s);
      y.blend(s, less).intoArray(others, k * ROWS);
      s = y.blend(s, less.not());
      less = z.compare(VectorOperators.LT, t);
      z.blend(t, less).intoArray(others, k * ROWS + LANES);
      t = z.blend(t, less.not());
    }
    s.intoArray(smallest, of);
    t.intoArray(smallest, of + LANES);
  }

  /** As {@link #sink}, where nobody takes what is displaced. */
  private static void least(float[] from, int at, int count, float[] smallest, int of) {
    FloatVector s = FloatVector.fromArray(SPECIES, smallest, of);
    FloatVector t = FloatVector.fromArray(SPECIES, smallest, of + LANES);
    for (int k = 0; k < count; k++) {
      int i = at + k * ROWS;
      FloatVector y = FloatVector.fromArray(SPECIES, from, i);
      FloatVector z = FloatVector.fromArray(SPECIES, from, i + LANES);
      s = y.blend(s, y.compare(VectorOperators.LT, s).not());
      t = z.blend(t, z.compare(VectorOperators.LT, t).not());
    }
    s.intoArray(smallest, of);
    t.intoArray(smallest, of + LANES);
  }

  @Override
  public void below(float[] distances, int count, float[] bounds, float[] words) {
    for (int k = 0; k < count; k += WORD) {
      word(distances, k * ROWS, Math.min(WORD, count - k), bounds, words, k / WORD * ROWS);
    }
  }

  /**
   * Doubles what it has and adds a bit, run after run; exact, since a float holds 24 bits. Runs
   * that are not there are zeros behind the others: a power of two.
   */
  private static void word(
      float[] distances, int at, int count, float[] bounds, float[] words, int to) {
    FloatVector b = FloatVector.fromArray(SPECIES, bounds, 0);
    FloatVector c = FloatVector.fromArray(SPECIES, bounds, LANES);
    FloatVector none = FloatVector.zero(SPECIES);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector two = FloatVector.broadcast(SPECIES, 2f);
    FloatVector s = none;
    FloatVector t = none;
    for (int i = 0; i < count; i++) {
      FloatVector y = FloatVector.fromArray(SPECIES, distances, at + i * ROWS);
      FloatVector z = FloatVector.fromArray(SPECIES, distances, at + i * ROWS + LANES);
      s = two.fma(s, none.blend(one, y.compare(VectorOperators.LT, b)));
      t = two.fma(t, none.blend(one, z.compare(VectorOperators.LT, c)));
    }
    float rest = 1 << (WORD - count);
    s.mul(rest).intoArray(words, to);
    t.mul(rest).intoArray(words, to + LANES);
  }

  @Override
  public void within(float[] squared, int count, float[] radii, float[] more, float[] words) {
    for (int k = 0; k < count; k += WORD) {
      int end = Math.min(count, k + WORD);
      for (int half = 0; half < ROWS; half += LANES) {
        wordWithin(squared, radii, half, more, k, end, words, k / WORD * ROWS + half);
      }
    }
  }

  /** As {@link #word}, of half a block. */
  private static void wordWithin(
      float[] squared,
      float[] radii,
      int half,
      float[] more,
      int from,
      int end,
      float[] words,
      int to) {
    FloatVector radius = FloatVector.fromArray(SPECIES, radii, half);
    FloatVector none = FloatVector.zero(SPECIES);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector two = FloatVector.broadcast(SPECIES, 2f);
    FloatVector s = none;
    for (int k = from; k < end; k++) {
      FloatVector r = FloatVector.broadcast(SPECIES, more[k]).add(radius);
      FloatVector y = FloatVector.fromArray(SPECIES, squared, k * ROWS + half);
      s = two.fma(s, one.blend(none, y.compare(VectorOperators.GT, r.mul(r))));
    }
    float rest = 1 << (WORD - (end - from));
    s.mul(rest).intoArray(words, to);
  }
}
