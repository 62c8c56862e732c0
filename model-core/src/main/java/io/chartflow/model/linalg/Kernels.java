package io.chartflow.model.linalg;

import java.util.Optional;

/**
 * The loops that learning spends its time in: matrix products, and passes over rows. An element of
 * a result is summed by fused multiply-adds over the inner index, in its order, from what the
 * result held before, unless the right factor is {@linkplain Packed narrow}: a row's bits do not
 * depend on the rows beside it, and all implementations give the same bits.
 */
public interface Kernels {

  /**
   * The kernels of this virtual machine: on vectors if it was started with {@code --add-modules
   * jdk.incubator.vector}, else in plain Java, which gives the same bits, with products some
   * fifteen times slower.
   */
  static Kernels best() {
    boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    return vectors ? VectorKernels.INSTANCE : ScalarKernels.INSTANCE;
  }

  /** Which kernels these are, for a log. */
  String name();

  /** Kernels for rows that lie side by side, with memory of their own, where those are faster. */
  default Optional<BlockKernels> blocks() {
    return Optional.empty();
  }

  /** Whether several threads share a product of so many multiply-adds, which blocks never are. */
  default boolean shares(long multiplyAdds) {
    return false;
  }

  /** {@code c += a·b} with a (m×k), b (k×n), c (m×n). */
  void multiplyAdd(Matrix a, Matrix b, Matrix c);

  /** Lays out a factor whose values changed. */
  void pack(Packed b);

  /** The same of a factor and of its {@linkplain Packed#transposed transpose}. */
  default void pack(Packed b, Packed transposed) {
    pack(b);
    pack(transposed);
  }

  /** {@code c += a·b} with a (m×k), b (k×n), c (m×n); b may be {@linkplain Packed narrow}. */
  void multiplyAdd(Matrix a, Packed b, Matrix c);

  /**
   * {@code c = bias + a·b}, with a (m×k), b (k×n), bias (1×n), c (m×n): a layer of a network. Where
   * b is not narrow, to the bits of its two steps one after the other.
   */
  void affine(Matrix a, Packed b, Matrix bias, Matrix c);

  /** {@code h = max(h, 0)} in place, then {@code c = bias + h·b}: a layer behind a relu. */
  void reluAffine(Matrix h, Packed b, Matrix bias, Matrix c);

  /**
   * {@code c = max(0, a·b)} with a (m×k), b (k×n), c (m×n): a layer of few inputs, one of which may
   * be 1, to the bits of its steps one after the other.
   */
  default void multiplyRelu(Matrix a, Matrix b, Matrix c) {
    c.fill(0f);
    multiplyAdd(a, b, c);
    reluInPlace(c);
  }

  /**
   * {@code c_i = max(0, table_{row[i]} + a_i·b)} with a (m×k), b (k×n), c (m×n): the first layer of
   * a network that is told, besides its inputs, something that many rows have in common.
   */
  void reluFromTable(Matrix a, Packed b, Matrix table, int[] row, Matrix c);

  /**
   * {@code c = a·b} where {@code activation ≠ 0}, else 0, with a (m×k), b (k×n), activation and c
   * (m×n) of the same stride: the gradient on its way back through a layer and the relu before it.
   */
  void multiplyMasked(Matrix a, Packed b, Matrix activation, Matrix c);

  /** {@code c += aᵀ·b} with a (m×k), b (m×n), c (k×n): how weights gather their gradient. */
  void multiplyTransposedAdd(Matrix a, Matrix b, Matrix c);

  /** {@code m = max(m, 0)}; what is not a number stays so. */
  void reluInPlace(Matrix m);

  /** Sets {@code gradient} to zero where {@code activation} is: the way back through a relu. */
  void maskInPlace(Matrix gradient, Matrix activation);

  /**
   * {@code m = exp(m)}, to 3e-7 relative; below −87 and above 88 it stays what it is there. Zero
   * gives 1 exactly.
   */
  void expInPlace(Matrix m);

  /** {@code m = tanh(m)}, to 5e-7 relative; odd, 0 at 0, never beyond ±1. */
  void tanhInPlace(Matrix m);

  /** {@code m = log(m)}, to one unit in the last place; −∞ at 0, not a number below. */
  void logInPlace(Matrix m);

  /**
   * {@code m = log(1 + exp(m))}, to 5e-7 relative; below −87 it stays what it is there. In contrast
   * to its formula, right for large numbers too.
   */
  void softplusInPlace(Matrix m);

  /** {@code m = 1/(1 + exp(−m))}, softplus's derivative, likewise. */
  void logisticInPlace(Matrix m);

  /** Passes over splines. */
  SplineKernels splines();

  /** Passes over weights. */
  WeightKernels weights();

  /** Adds the sum of each column of {@code m} to {@code sums} (1×n), row after row. */
  void addColumnSums(Matrix m, Matrix sums);

  /** Adds row i of {@code from} to row {@code to[i]} of {@code table}, row after row. */
  void addRows(Matrix from, int[] to, Matrix table);

  /**
   * Fills {@code squared} with the squared distances from the point at {@code point[at…]} to the
   * columns of {@code columns} (d×K), each summed by fused multiply-adds in the order of the rows.
   */
  void squaredDistances(float[] point, int at, Matrix columns, float[] squared);

  /**
   * The first index from {@code from} on whose value is below {@code bound}; {@code n} if there is
   * none before it. Values and bound are at least 0; a value that is not a number is below nothing.
   */
  int nextBelow(float[] values, int from, int n, float bound);

  /** {@code c_i = table_{row[i]}}. */
  default void copyRows(Matrix table, int[] row, Matrix c) {
    for (int i = 0; i < c.rows(); i++) {
      System.arraycopy(table.data(), table.row(row[i]), c.data(), c.row(i), c.cols());
    }
  }

  /**
   * {@code b = aᵀ} with a (m×n), b (n×m); eight rows at a time, so that large ones stay in cache.
   */
  default void transpose(Matrix a, Matrix b) {
    int whole = a.rows() / 8 * 8;
    for (int i = 0; i < whole; i += 8) {
      eight(a, i, b);
    }
    for (int i = whole; i < a.rows(); i++) {
      for (int j = 0; j < a.cols(); j++) {
        b.data()[b.row(j) + i] = a.data()[a.row(i) + j];
      }
    }
  }

  /** Eight rows of {@code a}: an address and its bounds check serve eight numbers of a column. */
  private static void eight(Matrix a, int i, Matrix b) {
    float[] from = a.data();
    float[] to = b.data();
    int r0 = a.row(i);
    int r1 = a.row(i + 1);
    int r2 = a.row(i + 2);
    int r3 = a.row(i + 3);
    int r4 = a.row(i + 4);
    int r5 = a.row(i + 5);
    int r6 = a.row(i + 6);
    int r7 = a.row(i + 7);
    for (int j = 0; j < a.cols(); j++) {
      int at = b.row(j) + i;
      to[at] = from[r0 + j];
      to[at + 1] = from[r1 + j];
      to[at + 2] = from[r2 + j];
      to[at + 3] = from[r3 + j];
      to[at + 4] = from[r4 + j];
      to[at + 5] = from[r5 + j];
      to[at + 6] = from[r6 + j];
      to[at + 7] = from[r7 + j];
    }
  }
}
