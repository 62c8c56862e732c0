package io.chartflow.model.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chartflow.model.random.SplitMix;
import org.junit.jupiter.api.Test;

/**
 * What every implementation holds, over lengths that straddle the tiles of all of them: the sums of
 * products to the bit, for views with offsets and strides, and a row's independence of its
 * neighbours.
 */
abstract class KernelsContract {

  private static final int[] LENGTHS = {
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 15, 16, 17, 20, 31, 32, 33, 47, 49, 65
  };

  private final Kernels kernels;

  KernelsContract(Kernels kernels) {
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

  private static void assertSame(Matrix c, float[] expected, String what) {
    float[] got = new float[expected.length];
    for (int i = 0; i < c.rows(); i++) {
      System.arraycopy(c.data(), c.row(i), got, i * c.cols(), c.cols());
    }
    assertThat(got).as(what).isEqualTo(expected);
    for (int i = 0; i < c.data().length; i++) {
      boolean inside = i >= c.offset() && (i - c.offset()) % c.stride() < c.cols() && c.rows() > 0;
      assertThat(Float.isNaN(c.data()[i])).as("%s, index %d", what, i).isEqualTo(!inside);
    }
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
