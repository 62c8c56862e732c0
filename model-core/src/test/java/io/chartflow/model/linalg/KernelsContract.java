package io.chartflow.model.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import io.chartflow.model.random.SplitMix;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every implementation holds, its {@linkplain ProductsContract products} and its passes. */
public abstract class KernelsContract extends ProductsContract {

  /** Of these kernels. */
  protected KernelsContract(Kernels kernels) {
    super(kernels);
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
  void columnSumsGoRowByRow() {
    for (int n : IntStream.concat(IntStream.of(LENGTHS), IntStream.of(64, 129, 150)).toArray()) {
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
    SplitMix random = new SplitMix(4);
    for (int m : LENGTHS) {
      for (int n : LENGTHS) {
        Matrix a = strided(m, n, random);
        Matrix b = strided(n, m, random);
        float[] expected = new float[n * m];
        for (int j = 0; j < n; j++) {
          for (int i = 0; i < m; i++) {
            expected[j * m + i] = a.get(i, j);
          }
        }
        kernels.transpose(a, b);
        assertSame(b, expected, m + "×" + n);
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

  private static void assertBits(float got, float expected, int n, int at) {
    assertThat(Float.floatToIntBits(got))
        .as("%d columns, index %d: %s, expected %s", n, at, got, expected)
        .isEqualTo(Float.floatToIntBits(expected));
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
}
