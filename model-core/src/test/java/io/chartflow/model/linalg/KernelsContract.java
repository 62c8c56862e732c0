package io.chartflow.model.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import io.chartflow.model.random.SplitMix;
import org.junit.jupiter.api.Test;

/**
 * What every implementation holds, over lengths that straddle the tiles of all of them: the sums of
 * products to the bit, for views with offsets and strides, and a row's independence of its
 * neighbours.
 */
public abstract class KernelsContract {

  private static final int[] LENGTHS = {
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 15, 16, 17, 20, 31, 32, 33, 47, 49, 65
  };

  /** Of products with packed factors: of no row, of one or two, of whole and broken blocks. */
  private static final int[] INNER = {0, 1, 2, 3, 16, 33, 64, 257, 272};

  /** Columns of wide products, whose last panel is whole, of one vector, or broken. */
  private static final int[] WIDE = {127, 128, 130, 144, 161, 255, 256, 264, 272, 280, 289, 320};

  private static final int[] SOME = {1, 8, 15, 41};

  private final Kernels kernels;

  /** Of these kernels. */
  protected KernelsContract(Kernels kernels) {
    this.kernels = kernels;
  }

  @Test
  void theProductIsThePlainSumForEveryShape() {
    SplitMix random = new SplitMix(1);
    for (int m : LENGTHS) {
      for (int k : LENGTHS) {
        for (int n : LENGTHS) {
          Matrix a = strided(m, k, random);
          Matrix b = strided(k, n, random);
          Matrix c = strided(m, n, random);
          float[] expected = sums(a, b, c, false);
          kernels.multiplyAdd(a, b, c);
          assertSame(c, expected, m + "×" + k + " · " + k + "×" + n);
        }
      }
    }
  }

  @Test
  void theTransposedProductIsThePlainSumForEveryShape() {
    SplitMix random = new SplitMix(2);
    for (int m : LENGTHS) {
      for (int k : LENGTHS) {
        for (int n : LENGTHS) {
          Matrix a = strided(m, k, random);
          Matrix b = strided(m, n, random);
          Matrix c = strided(k, n, random);
          float[] expected = sums(a, b, c, true);
          kernels.multiplyTransposedAdd(a, b, c);
          assertSame(c, expected, "(" + m + "×" + k + ")ᵀ · " + m + "×" + n);
        }
      }
    }
  }

  @Test
  void aPackedProductIsThePlainSumUnlessItIsNarrow() {
    SplitMix random = new SplitMix(25);
    for (int m : LENGTHS) {
      for (int k : INNER) {
        for (int n : LENGTHS) {
          Matrix a = strided(m, k, random);
          Matrix b = strided(k, n, random);
          Matrix c = strided(m, n, random);
          float[] expected = packedSums(a, b, c);
          kernels.multiplyAdd(a, packed(b), c);
          assertSame(c, expected, m + "×" + k + " · " + k + "×" + n);
        }
      }
    }
  }

  @Test
  void wideProductsArePlainSumsToo() {
    SplitMix random = new SplitMix(31);
    for (int m : SOME) {
      for (int k : new int[] {3, 33, 257}) {
        for (int n : WIDE) {
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
        }
      }
    }
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
  void anAffineMapIsBiasAndProductAndBeforeThemARelu() {
    SplitMix random = new SplitMix(5);
    for (int m : LENGTHS) {
      for (int k : INNER) {
        for (int n : LENGTHS) {
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
        }
      }
    }
  }

  @Test
  void aFirstLayerBeginsWithTheRowOfItsTable() {
    SplitMix random = new SplitMix(24);
    for (int m : LENGTHS) {
      for (int k : INNER) {
        for (int n : LENGTHS) {
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
        }
      }
    }
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
  void reluKeepsWhatIsPositiveOrNotANumber() {
    for (int n : LENGTHS) {
      Matrix m = odd(5, n, 11);
      float[] before = m.data().clone();
      kernels.reluInPlace(m);
      for (int i = 0; i < before.length; i++) {
        float expected = inside(m, i) ? Math.max(before[i], 0f) : before[i];
        assertBits(m.data()[i], expected, n, i);
      }
    }
  }

  @Test
  void exponentialsAreThoseOfTheScalarTwinToTheBitAndOfDoublesToFloatAccuracy() {
    SplitMix random = new SplitMix(21);
    for (int n : LENGTHS) {
      Matrix m = strided(5, n, random);
      for (int i = 0; i < m.data().length; i++) {
        m.data()[i] *= 25;
      }
      float[] before = m.data().clone();
      kernels.expInPlace(m);
      for (int i = 0; i < before.length; i++) {
        assertBits(m.data()[i], inside(m, i) ? Exp.of(before[i]) : before[i], n, i);
      }
    }
    for (float u = -87; u < 88; u += 0.0137f) {
      assertThat((double) Exp.of(u)).isCloseTo(Math.exp(u), withPercentage(3e-5));
    }
    assertThat(Exp.of(0f)).isEqualTo(1f);
    assertThat(Exp.of(Float.NEGATIVE_INFINITY)).isEqualTo(Exp.of(-87f)).isPositive();
    assertThat(Exp.of(1e30f)).isEqualTo(Exp.of(88f)).isFinite();
    assertThat(Exp.of(Float.NaN)).isNaN();
  }

  @Test
  void hyperbolicTangentsAreThoseOfTheScalarTwinToTheBitAndOfDoublesToFloatAccuracy() {
    SplitMix random = new SplitMix(22);
    for (int n : LENGTHS) {
      Matrix m = strided(5, n, random);
      float[] before = m.data().clone();
      kernels.tanhInPlace(m);
      for (int i = 0; i < before.length; i++) {
        assertBits(m.data()[i], inside(m, i) ? Tanh.of(before[i]) : before[i], n, i);
      }
    }
    for (float u = 1e-30f; u < 12; u = u * 1.0137f + 1e-30f) {
      assertThat((double) Tanh.of(u)).isCloseTo(Math.tanh(u), withPercentage(5e-5));
      assertThat(Tanh.of(u)).isLessThanOrEqualTo(1f).isEqualTo(-Tanh.of(-u));
    }
    assertThat(Tanh.of(0f)).isZero();
    assertThat(Tanh.of(Float.POSITIVE_INFINITY)).isEqualTo(1f);
    assertThat(Tanh.of(-1e30f)).isEqualTo(-1f);
    assertThat(Tanh.of(Float.NaN)).isNaN();
  }

  @Test
  void theNextValueBelowABoundIsFoundWhereverItLies() {
    float notANumber = Float.intBitsToFloat(0xffc00000); // as arithmetic makes it
    float[] some = {1f, 2f, 1e30f, 1e-40f, Float.POSITIVE_INFINITY, notANumber, 0f};
    SplitMix random = new SplitMix(23);
    for (int n : new int[] {0, 1, 15, 16, 17, 33, 63, 64, 65, 130, 200}) {
      float[] values = new float[n];
      for (int i = 0; i < n; i++) {
        values[i] = some[random.nextInt(random.nextInt(4) == 0 ? some.length : 2)];
      }
      for (float bound : new float[] {0f, 1e-38f, 1f, 1.5f, Float.POSITIVE_INFINITY}) {
        for (int from = 0; from <= n; from++) {
          int expected = from;
          while (expected < n && !(values[expected] < bound)) {
            expected++;
          }
          assertThat(kernels.nextBelow(values, from, n, bound)).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void aMaskZeroesTheGradientWhereTheActivationIsZero() {
    for (int n : LENGTHS) {
      for (int stride : new int[] {n, n + 3}) {
        Matrix g = odd(5, n, 12);
        Matrix a = new Matrix(odd(5, n + 3, 13).data(), 2, 5, n, stride);
        float[] before = g.data().clone();
        kernels.maskInPlace(g, a);
        for (int i = 0; i < 5; i++) {
          for (int j = 0; j < n; j++) {
            float expected = a.get(i, j) == 0 ? 0f : before[g.row(i) + j];
            assertBits(g.get(i, j), expected, n, j);
          }
        }
      }
    }
  }

  @Test
  void aMaskedProductIsTheProductWhereTheActivationIsNotZero() {
    SplitMix random = new SplitMix(6);
    for (int m : LENGTHS) {
      for (int k : INNER) {
        for (int n : LENGTHS) {
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
        }
      }
    }
  }

  @Test
  void columnSumsGoRowByRow() {
    for (int n : LENGTHS) {
      for (int rows : LENGTHS) {
        Matrix m = strided(rows, n, new SplitMix(14));
        Matrix sums = strided(1, n, new SplitMix(15));
        float[] expected = sums.data().clone();
        for (int i = 0; i < rows; i++) {
          for (int j = 0; j < n; j++) {
            expected[sums.offset() + j] += m.get(i, j);
          }
        }
        kernels.addColumnSums(m, sums);
        assertThat(sums.data()).as("%d×%d", rows, n).isEqualTo(expected);
      }
    }
  }

  @Test
  void rowsAreAddedToTheRowsOfATable() {
    int[] to = {2, 0, 2, 1, 2};
    for (int n : LENGTHS) {
      Matrix from = strided(5, n, new SplitMix(16));
      Matrix table = strided(3, n, new SplitMix(17));
      float[] expected = table.data().clone();
      for (int i = 0; i < 5; i++) {
        for (int j = 0; j < n; j++) {
          expected[table.row(to[i]) + j] += from.get(i, j);
        }
      }
      kernels.addRows(from, to, table);
      assertThat(table.data()).as("%d columns", n).isEqualTo(expected);
    }
  }

  @Test
  void squaredDistancesAreSummedInTheOrderOfTheRows() {
    for (int count : new int[] {0, 1, 15, 16, 17, 33, 49, 63, 64, 65, 130, 200}) {
      for (int dimension : new int[] {1, 3, 8}) {
        Matrix columns = strided(dimension, count, new SplitMix(18));
        Matrix point = strided(1, dimension, new SplitMix(19));
        float[] expected = new float[count + 1]; // one more, which stays
        for (int k = 0; k < count; k++) {
          for (int j = 0; j < dimension; j++) {
            float d = point.get(0, j) - columns.get(j, k);
            expected[k] = Math.fma(d, d, expected[k]);
          }
        }
        float[] squared = new float[count + 1];
        kernels.squaredDistances(point.data(), point.offset(), columns, squared);
        assertThat(squared).isEqualTo(expected);
      }
    }
  }

  @Test
  void aTransposeSwapsRowsAndColumns() {
    Matrix a = strided(3, 5, new SplitMix(4));
    Matrix b = Matrix.zeros(5, 3);
    kernels.transpose(a, b);
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 5; j++) {
        assertThat(b.get(j, i)).isEqualTo(a.get(i, j));
      }
    }
  }

  @Test
  void shapesThatDoNotFitAreRefusedByName() {
    assertThatThrownBy(
            () -> kernels.multiplyAdd(Matrix.zeros(2, 3), Matrix.zeros(4, 5), Matrix.zeros(2, 5)))
        .hasMessageContaining("a 2×3")
        .hasMessageContaining("b 4×5")
        .hasMessageContaining("result 2×5");
    Matrix bias = Matrix.zeros(1, 4);
    assertThatThrownBy(
            () ->
                kernels.affine(
                    Matrix.zeros(2, 3), packed(Matrix.zeros(3, 5)), bias, Matrix.zeros(2, 5)))
        .hasMessageContaining("a bias of 1×5, got 1×4");
  }

  /** By the definition: fused multiply-adds in the order of the inner index. */
  private static float[] sums(Matrix a, Matrix b, Matrix c, boolean transposed) {
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

  private Packed packed(Matrix b) {
    Packed packed = new Packed(b);
    kernels.pack(packed);
    return packed;
  }

  private static Matrix copy(Matrix m) {
    return new Matrix(m.data().clone(), m.offset(), m.rows(), m.cols(), m.stride());
  }

  /** As {@link #sums}; with a narrow factor by partial sums, as {@link Packed} defines. */
  private static float[] packedSums(Matrix a, Matrix b, Matrix c) {
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

  private static void assertSame(Matrix c, float[] expected, String what) {
    float[] got = new float[expected.length];
    for (int i = 0; i < c.rows(); i++) {
      System.arraycopy(c.data(), c.row(i), got, i * c.cols(), c.cols());
    }
    assertThat(got).as(what).isEqualTo(expected);
    for (int i = 0; i < c.data().length; i++) {
      assertThat(Float.isNaN(c.data()[i])).as("%s, index %d", what, i).isEqualTo(!inside(c, i));
    }
  }

  private static void assertBits(float got, float expected, int n, int at) {
    assertThat(Float.floatToIntBits(got))
        .as("%d columns, index %d: %s, expected %s", n, at, got, expected)
        .isEqualTo(Float.floatToIntBits(expected));
  }

  private static boolean inside(Matrix m, int index) {
    int at = index - m.offset();
    return at >= 0 && m.stride() > 0 && at / m.stride() < m.rows() && at % m.stride() < m.cols();
  }

  /** Both zeros, infinities and what is not a number among others; strided if {@code n} is odd. */
  private static Matrix odd(int rows, int n, long seed) {
    float[] values = {0f, -0f, 1f, -1f, Float.NaN, 1e30f, -1e-40f, 1e-40f, Float.NEGATIVE_INFINITY};
    SplitMix random = new SplitMix(seed);
    int stride = n % 2 == 0 ? n : n + 3;
    float[] data = new float[2 + rows * (n + 3)];
    for (int i = 0; i < data.length; i++) {
      data[i] = values[random.nextInt(values.length)];
    }
    return new Matrix(data, 2, rows, n, stride);
  }

  /** A matrix inside of a larger array, which no product may read or write. */
  private static Matrix strided(int rows, int cols, SplitMix random) {
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
}
