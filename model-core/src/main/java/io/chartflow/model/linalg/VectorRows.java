package io.chartflow.model.linalg;

import static io.chartflow.model.linalg.VectorTiles.LANES;
import static io.chartflow.model.linalg.VectorTiles.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Passes over a run of floats by vectors; what is left of a vector goes element by element. No
 * method returns a vector: where the compiler does not inline it, which is not always so, the
 * vector becomes an object. Passes of many operations go over all rows of a matrix: so they are too
 * long to be inlined into callers that have no room for them.
 */
final class VectorRows {

  /** Values that {@link #nextBelow} looks at together. */
  private static final int SEARCHED = 4 * LANES;

  private VectorRows() {}

  /** {@code x = max(x, 0)} for {@code n} elements. */
  static void relu(float[] x, int at, int n) {
    FloatVector none = FloatVector.zero(SPECIES);
    int i = 0;
    for (; i + LANES <= n; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, at + i);
      v.blend(none, v.compare(VectorOperators.LE, none)).intoArray(x, at + i);
    }
    for (; i < n; i++) {
      x[at + i] = ScalarKernels.relu(x[at + i]);
    }
  }

  /** See {@link Kernels#reluFromTable}, with one or two columns of {@code a}. */
  static void reluFromTable(Matrix a, Matrix b, Matrix table, int[] row, Matrix c) {
    boolean one = a.cols() == 1;
    int j = 0;
    for (; j + 4 * LANES <= c.cols(); j += 4 * LANES) {
      if (one) {
        fourFromTable(a, b, table, row, c, j);
      } else {
        fourFromTableByTwo(a, b, table, row, c, j);
      }
    }
    for (; j + LANES <= c.cols(); j += LANES) {
      FloatVector w = FloatVector.fromArray(SPECIES, b.data(), b.row(0) + j);
      if (one) {
        fromTable(a, w, table, row, c, j);
      } else {
        FloatVector v = FloatVector.fromArray(SPECIES, b.data(), b.row(1) + j);
        fromTable(a, w, v, table, row, c, j);
      }
    }
    for (int i = 0; i < c.rows(); i++) {
      for (int q = j; q < c.cols(); q++) {
        float sum = Math.fma(a.get(i, 0), b.get(0, q), table.get(row[i], q));
        sum = one ? sum : Math.fma(a.get(i, 1), b.get(1, q), sum);
        c.set(i, q, ScalarKernels.relu(sum));
      }
    }
  }

  /** Four vectors of a row together: a large table is then read once, and not in four passes. */
  private static void fourFromTable(Matrix a, Matrix b, Matrix table, int[] row, Matrix c, int j) {
    float[] x = a.data();
    float[] t = table.data();
    int w = b.row(0) + j;
    FloatVector w0 = FloatVector.fromArray(SPECIES, b.data(), w);
    FloatVector w1 = FloatVector.fromArray(SPECIES, b.data(), w + LANES);
    FloatVector w2 = FloatVector.fromArray(SPECIES, b.data(), w + 2 * LANES);
    FloatVector w3 = FloatVector.fromArray(SPECIES, b.data(), w + 3 * LANES);
    for (int i = 0; i < c.rows(); i++) {
      int from = table.row(row[i]) + j;
      int to = c.row(i) + j;
      FloatVector p = FloatVector.broadcast(SPECIES, x[a.row(i)]);
      FloatVector s0 = p.fma(w0, FloatVector.fromArray(SPECIES, t, from));
      FloatVector s1 = p.fma(w1, FloatVector.fromArray(SPECIES, t, from + LANES));
      FloatVector s2 = p.fma(w2, FloatVector.fromArray(SPECIES, t, from + 2 * LANES));
      FloatVector s3 = p.fma(w3, FloatVector.fromArray(SPECIES, t, from + 3 * LANES));
      s0.blend(0f, s0.compare(VectorOperators.LE, 0f)).intoArray(c.data(), to);
      s1.blend(0f, s1.compare(VectorOperators.LE, 0f)).intoArray(c.data(), to + LANES);
      s2.blend(0f, s2.compare(VectorOperators.LE, 0f)).intoArray(c.data(), to + 2 * LANES);
      s3.blend(0f, s3.compare(VectorOperators.LE, 0f)).intoArray(c.data(), to + 3 * LANES);
    }
  }

  private static void fourFromTableByTwo(
      Matrix a, Matrix b, Matrix table, int[] row, Matrix c, int j) {
    float[] x = a.data();
    float[] t = table.data();
    int w = b.row(0) + j;
    int v = b.row(1) + j;
    FloatVector w0 = FloatVector.fromArray(SPECIES, b.data(), w);
    FloatVector w1 = FloatVector.fromArray(SPECIES, b.data(), w + LANES);
    FloatVector w2 = FloatVector.fromArray(SPECIES, b.data(), w + 2 * LANES);
    FloatVector w3 = FloatVector.fromArray(SPECIES, b.data(), w + 3 * LANES);
    FloatVector v0 = FloatVector.fromArray(SPECIES, b.data(), v);
    FloatVector v1 = FloatVector.fromArray(SPECIES, b.data(), v + LANES);
    FloatVector v2 = FloatVector.fromArray(SPECIES, b.data(), v + 2 * LANES);
    FloatVector v3 = FloatVector.fromArray(SPECIES, b.data(), v + 3 * LANES);
    for (int i = 0; i < c.rows(); i++) {
      int from = table.row(row[i]) + j;
      int to = c.row(i) + j;
      FloatVector p = FloatVector.broadcast(SPECIES, x[a.row(i)]);
      FloatVector q = FloatVector.broadcast(SPECIES, x[a.row(i) + 1]);
      FloatVector s0 = p.fma(w0, FloatVector.fromArray(SPECIES, t, from));
      FloatVector s1 = p.fma(w1, FloatVector.fromArray(SPECIES, t, from + LANES));
      FloatVector s2 = p.fma(w2, FloatVector.fromArray(SPECIES, t, from + 2 * LANES));
      FloatVector s3 = p.fma(w3, FloatVector.fromArray(SPECIES, t, from + 3 * LANES));
      s0 = q.fma(v0, s0);
      s1 = q.fma(v1, s1);
      s2 = q.fma(v2, s2);
      s3 = q.fma(v3, s3);
      s0.blend(0f, s0.compare(VectorOperators.LE, 0f)).intoArray(c.data(), to);
      s1.blend(0f, s1.compare(VectorOperators.LE, 0f)).intoArray(c.data(), to + LANES);
      s2.blend(0f, s2.compare(VectorOperators.LE, 0f)).intoArray(c.data(), to + 2 * LANES);
      s3.blend(0f, s3.compare(VectorOperators.LE, 0f)).intoArray(c.data(), to + 3 * LANES);
    }
  }

  private static void fromTable(Matrix a, FloatVector w, Matrix table, int[] row, Matrix c, int j) {
    float[] x = a.data();
    float[] t = table.data();
    float[] y = c.data();
    for (int i = 0; i < c.rows(); i++) {
      FloatVector s = FloatVector.fromArray(SPECIES, t, table.row(row[i]) + j);
      s = FloatVector.broadcast(SPECIES, x[a.row(i)]).fma(w, s);
      s.blend(0f, s.compare(VectorOperators.LE, 0f)).intoArray(y, c.row(i) + j);
    }
  }

  private static void fromTable(
      Matrix a, FloatVector w, FloatVector v, Matrix table, int[] row, Matrix c, int j) {
    float[] x = a.data();
    float[] t = table.data();
    float[] y = c.data();
    for (int i = 0; i < c.rows(); i++) {
      FloatVector s = FloatVector.fromArray(SPECIES, t, table.row(row[i]) + j);
      int at = a.row(i);
      s = FloatVector.broadcast(SPECIES, x[at]).fma(w, s);
      s = FloatVector.broadcast(SPECIES, x[at + 1]).fma(v, s);
      s.blend(0f, s.compare(VectorOperators.LE, 0f)).intoArray(y, c.row(i) + j);
    }
  }

  /** {@code x = exp(x)} for every element, step by step as {@link Exp}. */
  static void exp(float[] x, int offset, int rows, int cols, int stride) {
    int n = stride == cols ? rows * cols : cols;
    int step = stride == cols ? n : stride;
    for (int at = offset; at < offset + rows * stride; at += step) {
      int i = 0;
      for (; i + LANES <= n; i += LANES) {
        FloatVector u = FloatVector.fromArray(SPECIES, x, at + i).max(Exp.LEAST).min(Exp.MOST);
        FloatVector round = FloatVector.broadcast(SPECIES, Exp.ROUND);
        FloatVector rounded = FloatVector.broadcast(SPECIES, Exp.LOG2_E).fma(u, round);
        FloatVector whole = rounded.sub(round);
        FloatVector r = whole.fma(FloatVector.broadcast(SPECIES, Exp.MINUS_LOG_2_HIGH), u);
        r = whole.fma(FloatVector.broadcast(SPECIES, Exp.MINUS_LOG_2_LOW), r);
        FloatVector e =
            r.fma(FloatVector.broadcast(SPECIES, Exp.C6), FloatVector.broadcast(SPECIES, Exp.C5));
        e = r.fma(e, FloatVector.broadcast(SPECIES, Exp.C4));
        e = r.fma(e, FloatVector.broadcast(SPECIES, Exp.C3));
        e = r.fma(e, FloatVector.broadcast(SPECIES, Exp.C2));
        e = r.fma(e, FloatVector.broadcast(SPECIES, 1f));
        e = r.fma(e, FloatVector.broadcast(SPECIES, 1f));
        IntVector bits = rounded.viewAsIntegralLanes().lanewise(VectorOperators.LSHL, Exp.EXPONENT);
        e.mul(bits.add(Exp.ONE).viewAsFloatingLanes()).intoArray(x, at + i);
      }
      for (; i < n; i++) {
        x[at + i] = Exp.of(x[at + i]);
      }
    }
  }

  /** Sets {@code g} to zero where {@code a} is. */
  static void mask(float[] g, int at, float[] a, int by, int n) {
    int i = 0;
    for (; i + LANES <= n; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, g, at + i);
      FloatVector w = FloatVector.fromArray(SPECIES, a, by + i);
      v.blend(0f, w.compare(VectorOperators.EQ, 0f)).intoArray(g, at + i);
    }
    for (; i < n; i++) {
      g[at + i] = ScalarKernels.masked(g[at + i], a[by + i]);
    }
  }

  /** {@code to += from} for {@code n} elements. */
  static void add(float[] from, int at, float[] to, int target, int n) {
    int i = 0;
    for (; i + LANES <= n; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, to, target + i);
      v.add(FloatVector.fromArray(SPECIES, from, at + i)).intoArray(to, target + i);
    }
    for (; i < n; i++) {
      to[target + i] += from[at + i];
    }
  }

  /** Adds the sum of each column, row after row. */
  static void addColumnSums(Matrix m, float[] sums, int at) {
    float[] x = m.data();
    int stride = m.stride();
    int j = 0;
    for (; j + 4 * LANES <= m.cols(); j += 4 * LANES) {
      addFourColumnSums(m, j, sums, at + j);
    }
    for (; j + LANES <= m.cols(); j += LANES) {
      FloatVector sum = FloatVector.fromArray(SPECIES, sums, at + j);
      int from = m.offset() + j;
      for (int i = 0; i < m.rows(); i++) {
        sum = FloatVector.fromArray(SPECIES, x, from).add(sum);
        from += stride;
      }
      sum.intoArray(sums, at + j);
    }
    for (; j < m.cols(); j++) {
      float sum = sums[at + j];
      for (int i = 0; i < m.rows(); i++) {
        sum += x[m.offset() + i * stride + j];
      }
      sums[at + j] = sum;
    }
  }

  /** Of four vectors of columns: sums that do not wait for each other. */
  private static void addFourColumnSums(Matrix m, int j, float[] sums, int at) {
    float[] x = m.data();
    FloatVector s = FloatVector.fromArray(SPECIES, sums, at);
    FloatVector t = FloatVector.fromArray(SPECIES, sums, at + LANES);
    FloatVector u = FloatVector.fromArray(SPECIES, sums, at + 2 * LANES);
    FloatVector v = FloatVector.fromArray(SPECIES, sums, at + 3 * LANES);
    int from = m.offset() + j;
    for (int i = 0; i < m.rows(); i++) {
      s = FloatVector.fromArray(SPECIES, x, from).add(s);
      t = FloatVector.fromArray(SPECIES, x, from + LANES).add(t);
      u = FloatVector.fromArray(SPECIES, x, from + 2 * LANES).add(u);
      v = FloatVector.fromArray(SPECIES, x, from + 3 * LANES).add(v);
      from += m.stride();
    }
    s.intoArray(sums, at);
    t.intoArray(sums, at + LANES);
    u.intoArray(sums, at + 2 * LANES);
    v.intoArray(sums, at + 3 * LANES);
  }

  /** Squared distances from a point to the columns of {@code v}. */
  static void squaredDistances(float[] point, int at, Matrix v, float[] squared) {
    float[] x = v.data();
    int stride = v.stride();
    int dimension = v.rows();
    int k = 0;
    for (; k + SEARCHED <= v.cols(); k += SEARCHED) { // four at once hide each other's waiting
      FloatVector s0 = FloatVector.zero(SPECIES);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      int from = v.offset() + k;
      for (int j = 0; j < dimension; j++) {
        FloatVector p = FloatVector.broadcast(SPECIES, point[at + j]);
        FloatVector d = p.sub(FloatVector.fromArray(SPECIES, x, from));
        s0 = d.fma(d, s0);
        d = p.sub(FloatVector.fromArray(SPECIES, x, from + LANES));
        s1 = d.fma(d, s1);
        d = p.sub(FloatVector.fromArray(SPECIES, x, from + 2 * LANES));
        s2 = d.fma(d, s2);
        d = p.sub(FloatVector.fromArray(SPECIES, x, from + 3 * LANES));
        s3 = d.fma(d, s3);
        from += stride;
      }
      s0.intoArray(squared, k);
      s1.intoArray(squared, k + LANES);
      s2.intoArray(squared, k + 2 * LANES);
      s3.intoArray(squared, k + 3 * LANES);
    }
    for (; k + LANES <= v.cols(); k += LANES) {
      FloatVector sum = FloatVector.zero(SPECIES);
      int from = v.offset() + k;
      for (int j = 0; j < dimension; j++) {
        FloatVector d =
            FloatVector.broadcast(SPECIES, point[at + j])
                .sub(FloatVector.fromArray(SPECIES, x, from));
        sum = d.fma(d, sum);
        from += stride;
      }
      sum.intoArray(squared, k);
    }
    for (; k < v.cols(); k++) {
      float sum = 0;
      for (int j = 0; j < dimension; j++) {
        float d = point[at + j] - x[v.offset() + j * stride + k];
        sum = Math.fma(d, d, sum);
      }
      squared[k] = sum;
    }
  }

  /** See {@link Kernels#nextBelow}. */
  static int nextBelow(float[] values, int from, int n, float bound) {
    int k = from;
    while (k < n) {
      while (k + SEARCHED <= n && !anyBelow(values, k, Float.floatToRawIntBits(bound))) {
        k += SEARCHED;
      }
      int end = Math.min(n, k + SEARCHED);
      for (; k < end; k++) { // to find the first in a mask costs more
        if (values[k] < bound) {
          return k;
        }
      }
    }
    return n;
  }

  /**
   * Whether one of four vectors' values is below a bound. As integers floats of at least 0 have the
   * same order, and what is not a number comes last if its sign is taken off; the least of integers
   * is one instruction.
   */
  private static boolean anyBelow(float[] values, int k, int bound) {
    int sign = Integer.MAX_VALUE;
    IntVector v0 = FloatVector.fromArray(SPECIES, values, k).reinterpretAsInts();
    IntVector v1 = FloatVector.fromArray(SPECIES, values, k + LANES).reinterpretAsInts();
    IntVector v2 = FloatVector.fromArray(SPECIES, values, k + 2 * LANES).reinterpretAsInts();
    IntVector v3 = FloatVector.fromArray(SPECIES, values, k + 3 * LANES).reinterpretAsInts();
    IntVector least = v0.and(sign).min(v1.and(sign)).min(v2.and(sign).min(v3.and(sign)));
    return least.compare(VectorOperators.LT, bound).anyTrue();
  }

  /** {@code x = tanh(x)} for every element, step by step as {@link Tanh}. */
  static void tanh(float[] x, int offset, int rows, int cols, int stride) {
    int n = stride == cols ? rows * cols : cols;
    int step = stride == cols ? n : stride;
    for (int at = offset; at < offset + rows * stride; at += step) {
      int i = 0;
      for (; i + LANES <= n; i += LANES) {
        FloatVector v = FloatVector.fromArray(SPECIES, x, at + i);
        FloatVector u = v.lanewise(VectorOperators.ABS).min(Tanh.MOST).mul(2f);
        FloatVector round = FloatVector.broadcast(SPECIES, Exp.ROUND);
        FloatVector rounded = FloatVector.broadcast(SPECIES, Exp.LOG2_E).fma(u, round);
        FloatVector whole = rounded.sub(round);
        FloatVector r = whole.fma(FloatVector.broadcast(SPECIES, Exp.MINUS_LOG_2_HIGH), u);
        r = whole.fma(FloatVector.broadcast(SPECIES, Exp.MINUS_LOG_2_LOW), r);
        FloatVector m =
            r.fma(FloatVector.broadcast(SPECIES, Exp.C6), FloatVector.broadcast(SPECIES, Exp.C5));
        m = r.fma(m, FloatVector.broadcast(SPECIES, Exp.C4));
        m = r.fma(m, FloatVector.broadcast(SPECIES, Exp.C3));
        m = r.fma(m, FloatVector.broadcast(SPECIES, Exp.C2));
        m = r.fma(m, FloatVector.broadcast(SPECIES, 1f));
        IntVector bits = rounded.viewAsIntegralLanes().lanewise(VectorOperators.LSHL, Exp.EXPONENT);
        FloatVector s = bits.add(Exp.ONE).viewAsFloatingLanes();
        FloatVector e = s.fma(r.mul(m), s.sub(1f));
        FloatVector t = e.div(e.add(2f));
        t.blend(t.neg(), v.compare(VectorOperators.LT, 0f)).intoArray(x, at + i);
      }
      for (; i < n; i++) {
        x[at + i] = Tanh.of(x[at + i]);
      }
    }
  }

  /** Two vectors. */
  static void copyTwo(float[] from, int at, float[] to, int target) {
    FloatVector.fromArray(SPECIES, from, at).intoArray(to, target);
    FloatVector.fromArray(SPECIES, from, at + LANES).intoArray(to, target + LANES);
  }
}
