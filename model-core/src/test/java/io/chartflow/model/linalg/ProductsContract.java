package io.chartflow.model.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chartflow.model.random.SplitMix;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every implementation's products hold, over lengths that straddle the tiles of all of them:
 * the sums to the bit, for views with offsets and strides, and a row's independence of its
 * neighbours.
 */
public abstract class ProductsContract {

  static final int[] LENGTHS = {
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 15, 16, 17, 20, 31, 32, 33, 47, 49, 65
  };

  /** Of products with packed factors: of no row, of one or two, of whole and broken blocks. */
  private static final int[] INNER = {0, 1, 2, 3, 16, 33, 64, 257, 272};

  /** Columns of wide products, whose last panel is whole, of one vector, or broken. */
  private static final int[] WIDE = {127, 128, 130, 144, 161, 255, 256, 264, 272, 280, 289, 320};

  private static final int[] SOME = {1, 8, 15, 41};

  final Kernels kernels;

  /** Of these kernels. */
  protected ProductsContract(Kernels kernels) {
    this.kernels = kernels;
  }

  @Test
  void theProductIsThePlainSumForEveryShape() {
    SplitMix random = new SplitMix(1);
    each(
        LENGTHS,
        LENGTHS,
        LENGTHS,
        (m, k, n) -> {
          Matrix a = strided(m, k, random);
          Matrix b = strided(k, n, random);
          Matrix c = strided(m, n, random);
          float[] expected = sums(a, b, c, false);
          kernels.multiplyAdd(a, b, c);
          assertSame(c, expected, m + "×" + k + " · " + k + "×" + n);
        });
  }

  @Test
  void theTransposedProductIsThePlainSumForEveryShape() {
    SplitMix random = new SplitMix(2);
    each(
        LENGTHS,
        LENGTHS,
        LENGTHS,
        (m, k, n) -> {
          Matrix a = strided(m, k, random);
          Matrix b = strided(m, n, random);
          Matrix c = strided(k, n, random);
          float[] expected = sums(a, b, c, true);
          kernels.multiplyTransposedAdd(a, b, c);
          assertSame(c, expected, "(" + m + "×" + k + ")ᵀ · " + m + "×" + n);
        });
  }

  @Test
  void aPackedProductIsThePlainSumUnlessItIsNarrow() {
    SplitMix random = new SplitMix(25);
    each(
        LENGTHS,
        INNER,
        LENGTHS,
        (m, k, n) -> {
          Matrix a = strided(m, k, random);
          Matrix b = strided(k, n, random);
          Matrix c = strided(m, n, random);
          float[] expected = packedSums(a, b, c);
          kernels.multiplyAdd(a, packed(b), c);
          assertSame(c, expected, m + "×" + k + " · " + k + "×" + n);
        });
  }

  @Test
  void wideProductsArePlainSumsToo() {
    SplitMix random = new SplitMix(31);
    each(
        SOME,
        new int[] {3, 33, 257},
        WIDE,
        (m, k, n) -> {
          String shape = m + "×" + k + "×" + n;
          Matrix a = strided(m, k, random);
          Matrix b = strided(k, n, random);
          Matrix c = strided(m, n, random);
          float[] expected = sums(a, b, c, false);
          kernels.multiplyAdd(a, b, c);
          assertSame(c, expected, shape);
          expected = packedSums(a, b, c);
          kernels.multiplyAdd(a, packed(b), c);
          assertSame(c, expected, shape + ", packed");
          Matrix aT = strided(k, m, random);
          expected = sums(aT, b, c, true);
          kernels.multiplyTransposedAdd(aT, b, c);
          assertSame(c, expected, shape + ", transposed");
        });
  }

  @Test
  void aFactorIsPackedAgainWhenItsValuesChange() {
    SplitMix random = new SplitMix(26);
    for (int n : new int[] {3, 20, 70}) {
      Matrix a = strided(5, 32, random);
      Matrix b = strided(32, n, random);
      Packed packed = packed(b);
      b.set(31, n - 1, 7f);
      kernels.pack(packed);
      Matrix c = strided(5, n, random);
      float[] expected = packedSums(a, b, c);
      kernels.multiplyAdd(a, packed, c);
      assertSame(c, expected, n + " columns");
    }
  }

  @Test
  void aTransposeIsPackedFromWhereItsValuesLie() {
    SplitMix random = new SplitMix(32);
    for (int k : INNER) {
      for (int n : IntStream.concat(IntStream.of(LENGTHS), IntStream.of(WIDE)).toArray()) {
        Matrix a = strided(9, k, random);
        Matrix w = strided(n, k, random);
        Packed packed = Packed.transposed(w, Matrix.zeros(k, n));
        kernels.pack(packed);
        Matrix b = Matrix.zeros(k, n);
        kernels.transpose(w, b);
        Matrix c = strided(9, n, random);
        float[] expected = packedSums(a, b, c);
        kernels.multiplyAdd(a, packed, c);
        assertSame(c, expected, k + "×" + n);
      }
    }
  }

  @Test
  void aTransposeOfAnotherSizeIsRefused() {
    assertThatThrownBy(() -> Packed.transposed(Matrix.zeros(2, 3), Matrix.zeros(2, 3)))
        .hasMessage("expected a 3×2 transpose of a 2×3 matrix, got 2×3");
  }

  @Test
  void anAffineMapIsBiasAndProductAndBeforeThemARelu() {
    SplitMix random = new SplitMix(5);
    each(
        LENGTHS,
        INNER,
        LENGTHS,
        (m, k, n) -> {
          Matrix a = strided(m, k, random);
          Matrix b = strided(k, n, random);
          Matrix bias = strided(1, n, random);
          Matrix c = strided(m, n, random);
          for (int i = 0; i < m; i++) {
            System.arraycopy(bias.data(), bias.offset(), c.data(), c.row(i), n);
          }
          Matrix y = copy(c);
          String what = m + "×" + k + " · " + k + "×" + n;
          float[] expected = packedSums(a, b, c);
          kernels.affine(a, packed(b), bias, c);
          assertSame(c, expected, what);

          Matrix h = copy(a);
          ScalarKernels.INSTANCE.reluInPlace(a);
          expected = packedSums(a, b, y);
          kernels.reluAffine(h, packed(b), bias, y);
          assertSame(y, expected, "relu, " + what);
          assertThat(h.data()).as("relu, " + what).isEqualTo(a.data());
        });
  }

  @Test
  void aFirstLayerBeginsWithTheRowOfItsTable() {
    SplitMix random = new SplitMix(24);
    each(
        LENGTHS,
        INNER,
        LENGTHS,
        (m, k, n) -> {
          Matrix a = strided(m, k, random);
          Matrix b = strided(k, n, random);
          Matrix table = strided(3, n, random);
          Matrix c = strided(m, n, random);
          int[] row = new int[m];
          for (int i = 0; i < m; i++) {
            row[i] = random.nextInt(3);
            System.arraycopy(table.data(), table.row(row[i]), c.data(), c.row(i), n);
          }
          float[] expected = packedSums(a, b, c);
          for (int i = 0; i < expected.length; i++) {
            expected[i] = Math.max(expected[i], 0f);
          }
          c.fill(0.5f);
          kernels.reluFromTable(a, packed(b), table, row, c);
          assertSame(c, expected, m + "×" + k + " · " + k + "×" + n);
        });
  }

  @Test
  void aFirstLayerOfFewInputsIsAProductAndARelu() {
    SplitMix random = new SplitMix(33);
    each(
        LENGTHS,
        new int[] {0, 1, 2, 3, 11, 16, 33},
        new int[] {0, 1, 15, 16, 63, 64, 65, 128, 192},
        (m, k, n) -> {
          Matrix a = strided(m, k, random);
          Matrix b = strided(k, n, random);
          Matrix c = strided(m, n, random);
          c.fill(0f);
          float[] expected = sums(a, b, c, false);
          for (int i = 0; i < expected.length; i++) {
            expected[i] = Math.max(expected[i], 0f);
          }
          c.fill(0.5f);
          kernels.multiplyRelu(a, b, c);
          assertSame(c, expected, m + "×" + k + " · " + k + "×" + n);
        });
  }

  @Test
  void bitsOfARowDoNotDependOnTheRowsBesideIt() {
    SplitMix random = new SplitMix(3);
    for (int m = 1; m <= 19; m++) {
      Matrix a = strided(m, 13, random);
      Matrix b = strided(13, 11, random);
      Matrix together = Matrix.zeros(m, 11);
      kernels.multiplyAdd(a, b, together);
      for (int i = 0; i < m; i++) {
        Matrix alone = Matrix.zeros(1, 11);
        kernels.multiplyAdd(new Matrix(a.data(), a.row(i), 1, 13, a.stride()), b, alone);
        for (int j = 0; j < 11; j++) {
          assertThat(alone.get(0, j)).isEqualTo(together.get(i, j));
        }
      }
    }
  }

  @Test
  void aMaskedProductIsTheProductWhereTheActivationIsNotZero() {
    SplitMix random = new SplitMix(6);
    each(
        LENGTHS,
        INNER,
        LENGTHS,
        (m, k, n) -> {
          Matrix a = strided(m, k, random);
          Matrix b = strided(k, n, random);
          Matrix c = strided(m, n, random);
          Matrix h = strided(m, n, random);
          Matrix activation = new Matrix(h.data(), h.offset(), m, n, h.stride());
          c.fill(0);
          float[] expected = packedSums(a, b, c);
          for (int i = 0; i < expected.length; i++) {
            if (random.nextInt(2) == 0) {
              activation.set(i / n, i % n, random.nextInt(2) == 0 ? 0f : -0f);
              expected[i] = 0;
            }
          }
          kernels.multiplyMasked(a, packed(b), activation, c);
          assertSame(c, expected, m + "×" + k + " · " + k + "×" + n);
        });
  }

  /** What holds for products of m×k and k×n. */
  private interface Shape {
    void check(int m, int k, int n);
  }

  private static void each(int[] rows, int[] inner, int[] columns, Shape shape) {
    for (int m : rows) {
      for (int k : inner) {
        for (int n : columns) {
          shape.check(m, k, n);
        }
      }
    }
  }

  /** By the definition: fused multiply-adds in the order of the inner index. */
  static float[] sums(Matrix a, Matrix b, Matrix c, boolean transposed) {
    int inner = transposed ? a.rows() : a.cols();
    float[] sums = new float[c.rows() * c.cols()];
    for (int i = 0; i < c.rows(); i++) {
      for (int j = 0; j < c.cols(); j++) {
        float sum = c.get(i, j);
        for (int p = 0; p < inner; p++) {
          sum = Math.fma(transposed ? a.get(p, i) : a.get(i, p), b.get(p, j), sum);
        }
        sums[i * c.cols() + j] = sum;
      }
    }
    return sums;
  }

  final Packed packed(Matrix b) {
    Packed packed = new Packed(b);
    kernels.pack(packed);
    return packed;
  }

  /** As {@link #sums}; with a narrow factor by partial sums, as {@link Packed} defines. */
  static float[] packedSums(Matrix a, Matrix b, Matrix c) {
    if (b.cols() > 4 || b.rows() % 16 != 0) {
      return sums(a, b, c, false);
    }
    float[] sums = new float[c.rows() * c.cols()];
    for (int i = 0; i < c.rows(); i++) {
      for (int j = 0; j < c.cols(); j++) {
        float[] s = new float[16];
        for (int p = 0; p < a.cols(); p++) {
          s[p % 16] = Math.fma(a.get(i, p), b.get(p, j), s[p % 16]);
        }
        float[] eight = new float[8];
        for (int q = 0; q < 8; q++) {
          eight[q] = s[q] + s[q + 8];
        }
        float first = (eight[0] + eight[4]) + (eight[2] + eight[6]);
        float second = (eight[1] + eight[5]) + (eight[3] + eight[7]);
        sums[i * c.cols() + j] = c.get(i, j) + (first + second);
      }
    }
    return sums;
  }

  static void assertSame(Matrix c, float[] expected, String what) {
    float[] got = new float[expected.length];
    for (int i = 0; i < c.rows(); i++) {
      System.arraycopy(c.data(), c.row(i), got, i * c.cols(), c.cols());
    }
    assertThat(got).as(what).isEqualTo(expected);
    for (int i = 0; i < c.data().length; i++) {
      assertThat(Float.isNaN(c.data()[i])).as("%s, index %d", what, i).isEqualTo(!inside(c, i));
    }
  }

  static boolean inside(Matrix m, int index) {
    int at = index - m.offset();
    return at >= 0 && m.stride() > 0 && at / m.stride() < m.rows() && at % m.stride() < m.cols();
  }

  /** A matrix inside of a larger array, which no product may read or write. */
  static Matrix strided(int rows, int cols, SplitMix random) {
    int stride = cols + 3;
    float[] data = new float[2 + rows * stride];
    java.util.Arrays.fill(data, Float.NaN);
    Matrix m = new Matrix(data, 2, rows, cols, stride);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < cols; j++) {
        m.set(i, j, (float) random.nextGaussian());
      }
    }
    return m;
  }

  static Matrix copy(Matrix m) {
    return new Matrix(m.data().clone(), m.offset(), m.rows(), m.cols(), m.stride());
  }
}
