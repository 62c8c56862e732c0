package io.chartflow.model.linalg;

/**
 * Kernels in plain Java, the twin of {@link VectorKernels}. Tiles of 4×4 results are summed in
 * local variables, so that an inner step loads eight numbers for sixteen multiply-adds; edges fall
 * to narrower tiles of the same order of summation. Loops over rows of {@code c}, which the JIT
 * compiler could vectorise, were tried: at the widths of these networks its loop heads and tails
 * cost more than vectors gain.
 */
final class ScalarKernels implements Kernels {

  static final Kernels INSTANCE = new ScalarKernels();

  private ScalarKernels() {}

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public void multiplyAdd(Matrix a, Matrix b, Matrix c) {
    checkProduct(a, b, c);
    tiles(a.cols(), new Left(a.data(), a.offset(), a.stride(), 1), b, c);
  }

  @Override
  public void pack(Packed b) {
    b.transposeOf().ifPresent(m -> transpose(m, b.matrix()));
  }

  @Override
  public void multiplyAdd(Matrix a, Packed b, Matrix c) {
    if (b.isNarrow()) {
      checkProduct(a, b.matrix(), c);
      addDots(a, b.matrix(), c);
    } else {
      multiplyAdd(a, b.matrix(), c);
    }
  }

  @Override
  public void affine(Matrix a, Packed b, Matrix bias, Matrix c) {
    checkBias(bias, c);
    for (int i = 0; i < c.rows(); i++) {
      System.arraycopy(bias.data(), bias.offset(), c.data(), c.row(i), c.cols());
    }
    multiplyAdd(a, b, c);
  }

  @Override
  public void reluAffine(Matrix h, Packed b, Matrix bias, Matrix c) {
    reluInPlace(h);
    affine(h, b, bias, c);
  }

  @Override
  public void reluFromTable(Matrix a, Packed b, Matrix table, int[] row, Matrix c) {
    copyRows(table, row, c);
    multiplyAdd(a, b, c);
    reluInPlace(c);
  }

  @Override
  public void multiplyMasked(Matrix a, Packed b, Matrix activation, Matrix c) {
    checkMask(activation, c);
    c.fill(0f);
    multiplyAdd(a, b, c);
    maskInPlace(c, activation);
  }

  private static void addDots(Matrix a, Matrix b, Matrix c) {
    float[] parts = new float[Packed.PARTS];
    for (int i = 0; i < c.rows(); i++) {
      for (int j = 0; j < c.cols(); j++) {
        java.util.Arrays.fill(parts, 0f);
        for (int p = 0; p < a.cols(); p++) {
          int q = p % Packed.PARTS;
          parts[q] = Math.fma(a.get(i, p), b.get(p, j), parts[q]);
        }
        for (int half = Packed.PARTS / 2; half > 0; half /= 2) {
          for (int q = 0; q < half; q++) {
            parts[q] += parts[q + half];
          }
        }
        c.set(i, j, c.get(i, j) + parts[0]);
      }
    }
  }

  @Override
  public void multiplyTransposedAdd(Matrix a, Matrix b, Matrix c) {
    checkTransposedProduct(a, b, c);
    tiles(a.rows(), new Left(a.data(), a.offset(), 1, a.stride()), b, c);
  }

  @Override
  public void reluInPlace(Matrix m) {
    float[] data = m.data();
    for (int i = 0; i < m.rows(); i++) {
      for (int at = m.row(i); at < m.row(i) + m.cols(); at++) {
        data[at] = relu(data[at]);
      }
    }
  }

  @Override
  public void expInPlace(Matrix m) {
    float[] data = m.data();
    for (int i = 0; i < m.rows(); i++) {
      for (int at = m.row(i); at < m.row(i) + m.cols(); at++) {
        data[at] = Exp.of(data[at]);
      }
    }
  }

  @Override
  public void tanhInPlace(Matrix m) {
    float[] data = m.data();
    for (int i = 0; i < m.rows(); i++) {
      for (int at = m.row(i); at < m.row(i) + m.cols(); at++) {
        data[at] = Tanh.of(data[at]);
      }
    }
  }

  @Override
  public void logInPlace(Matrix m) {
    float[] data = m.data();
    for (int i = 0; i < m.rows(); i++) {
      for (int at = m.row(i); at < m.row(i) + m.cols(); at++) {
        data[at] = Log.of(data[at]);
      }
    }
  }

  @Override
  public void softplusInPlace(Matrix m) {
    float[] data = m.data();
    for (int i = 0; i < m.rows(); i++) {
      for (int at = m.row(i); at < m.row(i) + m.cols(); at++) {
        data[at] = Softplus.of(data[at]);
      }
    }
  }

  @Override
  public void logisticInPlace(Matrix m) {
    float[] data = m.data();
    for (int i = 0; i < m.rows(); i++) {
      for (int at = m.row(i); at < m.row(i) + m.cols(); at++) {
        data[at] = Softplus.slope(data[at]);
      }
    }
  }

  @Override
  public WeightKernels weights() {
    return ScalarWeights.INSTANCE;
  }

  @Override
  public SplineKernels splines() {
    return ScalarSplines.INSTANCE;
  }

  @Override
  public int nextBelow(float[] values, int from, int n, float bound) {
    int k = from;
    while (k < n && !(values[k] < bound)) {
      k++;
    }
    return k;
  }

  static float relu(float value) {
    return Math.max(value, 0f);
  }

  @Override
  public void maskInPlace(Matrix gradient, Matrix activation) {
    float[] g = gradient.data();
    float[] a = activation.data();
    for (int i = 0; i < gradient.rows(); i++) {
      int at = gradient.row(i);
      int by = activation.row(i);
      for (int j = 0; j < gradient.cols(); j++) {
        g[at + j] = masked(g[at + j], a[by + j]);
      }
    }
  }

  /**
   * {@code gradient} if {@code activation ≠ 0}, else 0, without a branch that cannot be foretold.
   */
  static float masked(float gradient, float activation) {
    int bits = Float.floatToRawIntBits(activation) << 1; // 0 for both zeros
    int keep = (bits | -bits) >> 31;
    return Float.intBitsToFloat(Float.floatToRawIntBits(gradient) & keep);
  }

  @Override
  public void addColumnSums(Matrix m, Matrix sums) {
    for (int i = 0; i < m.rows(); i++) {
      addRow(m.data(), m.row(i), sums.data(), sums.offset(), m.cols());
    }
  }

  @Override
  public void addRows(Matrix from, int[] to, Matrix table) {
    for (int i = 0; i < from.rows(); i++) {
      addRow(from.data(), from.row(i), table.data(), table.row(to[i]), from.cols());
    }
  }

  static void addRow(float[] from, int at, float[] to, int target, int n) {
    for (int j = 0; j < n; j++) {
      to[target + j] += from[at + j];
    }
  }

  @Override
  public void squaredDistances(float[] point, int at, Matrix columns, float[] squared) {
    java.util.Arrays.fill(squared, 0, columns.cols(), 0f);
    for (int j = 0; j < columns.rows(); j++) {
      addSquares(point[at + j], columns.data(), columns.row(j), squared, columns.cols());
    }
  }

  private static void addSquares(float e, float[] v, int from, float[] out, int n) {
    for (int k = 0; k < n; k++) {
      float d = e - v[from + k];
      out[k] = Math.fma(d, d, out[k]);
    }
  }

  /** The left factor: element (row, inner) lies at {@code offset + row·rowStep + inner·step}. */
  @SuppressWarnings("ArrayRecordComponent") // a view, compared by nobody
  private record Left(float[] data, int offset, int rowStep, int step) {}

  private static void tiles(int inner, Left a, Matrix b, Matrix c) {
    int i = 0;
    for (; i + 4 <= c.rows(); i += 4) {
      int ai = a.offset + i * a.rowStep;
      int j = 0;
      for (; j + 4 <= c.cols(); j += 4) {
        tile4x4(inner, a.data, ai, a.rowStep, a.step, b, b.offset() + j, c, c.row(i) + j);
      }
      for (; j < c.cols(); j++) {
        tile4x1(inner, a.data, ai, a.rowStep, a.step, b, b.offset() + j, c, c.row(i) + j);
      }
    }
    for (; i < c.rows(); i++) {
      int ai = a.offset + i * a.rowStep;
      for (int j = 0; j < c.cols(); j++) {
        tile1x1(inner, a.data, ai, a.step, b, b.offset() + j, c.data(), c.row(i) + j);
      }
    }
  }

  private static void tile4x4(
      int inner,
      float[] a,
      int a0,
      int rowStep,
      int step,
      Matrix right,
      int b0,
      Matrix out,
      int c0) {
    float[] b = right.data();
    float[] c = out.data();
    int ldb = right.stride();
    int c1 = c0 + out.stride();
    int c2 = c1 + out.stride();
    int c3 = c2 + out.stride();
    float s00 = c[c0], s01 = c[c0 + 1], s02 = c[c0 + 2], s03 = c[c0 + 3];
    float s10 = c[c1], s11 = c[c1 + 1], s12 = c[c1 + 2], s13 = c[c1 + 3];
    float s20 = c[c2], s21 = c[c2 + 1], s22 = c[c2 + 2], s23 = c[c2 + 3];
    float s30 = c[c3], s31 = c[c3 + 1], s32 = c[c3 + 2], s33 = c[c3 + 3];
    int ap = a0;
    int bp = b0;
    for (int p = 0; p < inner; p++) {
      float y0 = b[bp];
      float y1 = b[bp + 1];
      float y2 = b[bp + 2];
      float y3 = b[bp + 3];
      float x = a[ap];
      s00 = Math.fma(x, y0, s00);
      s01 = Math.fma(x, y1, s01);
      s02 = Math.fma(x, y2, s02);
      s03 = Math.fma(x, y3, s03);
      x = a[ap + rowStep];
      s10 = Math.fma(x, y0, s10);
      s11 = Math.fma(x, y1, s11);
      s12 = Math.fma(x, y2, s12);
      s13 = Math.fma(x, y3, s13);
      x = a[ap + 2 * rowStep];
      s20 = Math.fma(x, y0, s20);
      s21 = Math.fma(x, y1, s21);
      s22 = Math.fma(x, y2, s22);
      s23 = Math.fma(x, y3, s23);
      x = a[ap + 3 * rowStep];
      s30 = Math.fma(x, y0, s30);
      s31 = Math.fma(x, y1, s31);
      s32 = Math.fma(x, y2, s32);
      s33 = Math.fma(x, y3, s33);
      ap += step;
      bp += ldb;
    }
    store(c, c0, s00, s01, s02, s03);
    store(c, c1, s10, s11, s12, s13);
    store(c, c2, s20, s21, s22, s23);
    store(c, c3, s30, s31, s32, s33);
  }

  private static void store(float[] c, int at, float s0, float s1, float s2, float s3) {
    c[at] = s0;
    c[at + 1] = s1;
    c[at + 2] = s2;
    c[at + 3] = s3;
  }

  private static void tile4x1(
      int inner,
      float[] a,
      int a0,
      int rowStep,
      int step,
      Matrix right,
      int b0,
      Matrix out,
      int c0) {
    float[] b = right.data();
    float[] c = out.data();
    int ldb = right.stride();
    float s0 = c[c0];
    float s1 = c[c0 + out.stride()];
    float s2 = c[c0 + 2 * out.stride()];
    float s3 = c[c0 + 3 * out.stride()];
    int ap = a0;
    int bp = b0;
    for (int p = 0; p < inner; p++) {
      float y = b[bp];
      s0 = Math.fma(a[ap], y, s0);
      s1 = Math.fma(a[ap + rowStep], y, s1);
      s2 = Math.fma(a[ap + 2 * rowStep], y, s2);
      s3 = Math.fma(a[ap + 3 * rowStep], y, s3);
      ap += step;
      bp += ldb;
    }
    c[c0] = s0;
    c[c0 + out.stride()] = s1;
    c[c0 + 2 * out.stride()] = s2;
    c[c0 + 3 * out.stride()] = s3;
  }

  private static void tile1x1(
      int inner, float[] a, int a0, int step, Matrix right, int b0, float[] c, int c0) {
    float[] b = right.data();
    float sum = c[c0];
    int ap = a0;
    int bp = b0;
    for (int p = 0; p < inner; p++) {
      sum = Math.fma(a[ap], b[bp], sum);
      ap += step;
      bp += right.stride();
    }
    c[c0] = sum;
  }

  static void checkProduct(Matrix a, Matrix b, Matrix c) {
    check(a.cols() == b.rows() && a.rows() == c.rows() && b.cols() == c.cols(), "a·b", a, b, c);
  }

  static void checkTransposedProduct(Matrix a, Matrix b, Matrix c) {
    check(a.rows() == b.rows() && a.cols() == c.rows() && b.cols() == c.cols(), "aᵀ·b", a, b, c);
  }

  static void checkMask(Matrix activation, Matrix c) {
    if (activation.rows() != c.rows()
        || activation.cols() != c.cols()
        || activation.stride() != c.stride()) {
      throw new IllegalArgumentException(
          "expected an activation of %d×%d with stride %d, got %d×%d with %d"
              .formatted(
                  c.rows(),
                  c.cols(),
                  c.stride(),
                  activation.rows(),
                  activation.cols(),
                  activation.stride()));
    }
  }

  static void checkBias(Matrix bias, Matrix c) {
    if (bias.rows() != 1 || bias.cols() != c.cols()) {
      throw new IllegalArgumentException(
          "expected a bias of 1×%d, got %d×%d".formatted(c.cols(), bias.rows(), bias.cols()));
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
