package io.chartflow.model.linalg;

/**
 * The matrix products that learning needs. An element of a result is summed over the inner index in
 * a fixed order that depends on nothing but the shapes, so a row's bits do not depend on the rows
 * beside it.
 */
public interface Kernels {

  /** The kernels of this virtual machine. */
  static Kernels best() {
    return ScalarKernels.INSTANCE;
  }

  /** {@code c += a·b} with a (m×k), b (k×n), c (m×n). */
  void multiplyAdd(Matrix a, Matrix b, Matrix c);

  /** {@code c += aᵀ·b} with a (m×k), b (m×n), c (k×n): how weights gather their gradient. */
  void multiplyTransposedAdd(Matrix a, Matrix b, Matrix c);

  /** {@code b = aᵀ} with a (m×n), b (n×m). */
  default void transpose(Matrix a, Matrix b) {
    for (int i = 0; i < a.rows(); i++) {
      for (int j = 0; j < a.cols(); j++) {
        b.set(j, i, a.get(i, j));
      }
    }
  }
}
