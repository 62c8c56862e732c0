package io.chartflow.model.linalg;

/**
 * Kernels in plain Java. The inner loop adds four scaled rows at a time, which the JIT compiler
 * turns into vector instructions without reordering any sum.
 */
final class ScalarKernels implements Kernels {

  static final Kernels INSTANCE = new ScalarKernels();

  private ScalarKernels() {}

  @Override
  public void multiplyAdd(Matrix a, Matrix b, Matrix c) {
    check(a.cols() == b.rows() && a.rows() == c.rows() && b.cols() == c.cols(), "a·b", a, b, c);
    float[] ad = a.data();
    float[] bd = b.data();
    float[] cd = c.data();
    int n = b.cols();
    int k = a.cols();
    int stride = b.stride();
    for (int i = 0; i < a.rows(); i++) {
      int ai = a.row(i);
      int ci = c.row(i);
      int p = 0;
      for (; p + 4 <= k; p += 4) {
        addFour(
            n,
            ad[ai + p],
            ad[ai + p + 1],
            ad[ai + p + 2],
            ad[ai + p + 3],
            bd,
            b.row(p),
            stride,
            cd,
            ci);
      }
      for (; p < k; p++) {
        addOne(n, ad[ai + p], bd, b.row(p), cd, ci);
      }
    }
  }

  @Override
  public void multiplyTransposedAdd(Matrix a, Matrix b, Matrix c) {
    check(a.rows() == b.rows() && a.cols() == c.rows() && b.cols() == c.cols(), "aᵀ·b", a, b, c);
    float[] ad = a.data();
    float[] bd = b.data();
    float[] cd = c.data();
    int n = b.cols();
    int lda = a.stride();
    int i = 0;
    for (; i + 4 <= a.rows(); i += 4) {
      for (int p = 0; p < a.cols(); p++) {
        int ai = a.row(i) + p;
        float a0 = ad[ai];
        float a1 = ad[ai + lda];
        float a2 = ad[ai + 2 * lda];
        float a3 = ad[ai + 3 * lda];
        addFour(n, a0, a1, a2, a3, bd, b.row(i), b.stride(), cd, c.row(p));
      }
    }
    for (; i < a.rows(); i++) {
      for (int p = 0; p < a.cols(); p++) {
        addOne(n, a.get(i, p), bd, b.row(i), cd, c.row(p));
      }
    }
  }

  private static void addFour(
      int n,
      float a0,
      float a1,
      float a2,
      float a3,
      float[] b,
      int b0,
      int stride,
      float[] c,
      int c0) {
    int b1 = b0 + stride;
    int b2 = b1 + stride;
    int b3 = b2 + stride;
    for (int j = 0; j < n; j++) {
      c[c0 + j] =
          Math.fma(
              a3,
              b[b3 + j],
              Math.fma(a2, b[b2 + j], Math.fma(a1, b[b1 + j], Math.fma(a0, b[b0 + j], c[c0 + j]))));
    }
  }

  private static void addOne(int n, float a, float[] b, int b0, float[] c, int c0) {
    for (int j = 0; j < n; j++) {
      c[c0 + j] = Math.fma(a, b[b0 + j], c[c0 + j]);
    }
  }

  private static void check(boolean fits, String product, Matrix a, Matrix b, Matrix c) {
    if (!fits) {
      throw new IllegalArgumentException(
          "shapes of %s do not fit: a %d×%d, b %d×%d, result %d×%d"
              .formatted(product, a.rows(), a.cols(), b.rows(), b.cols(), c.rows(), c.cols()));
    }
  }
}
