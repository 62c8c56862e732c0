package io.chartflow.model.vq;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.model.config.ChartsConfig;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.random.SplitMix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearCodesTest {

  private static final int DIMENSION = 3;
  private static final int POINTS = 40;

  @ParameterizedTest
  @CsvSource({"1,1,0", "17,2,0.1", "64,2,0.1", "65,3,0", "500,1,0", "500,2,0.1", "700,4,1"})
  void asManyPointsAreCoveredAsByTheCodesAllTogether(int count, int m, double epsilon) {
    SplitMix random = new SplitMix(41);
    Matrix codes = gaussian(count, random);
    ChartCover cover = new ChartCover(new ChartsConfig(count, m, epsilon), Kernels.best());
    NearCodes near = new NearCodes(count, DIMENSION, cover, Kernels.best());
    cover.use(codes);
    near.use(codes);
    for (int trial = 0; trial < 200; trial++) {
      int k = random.nextInt(count);
      Matrix points = around(codes, k, 0.5 * random.nextDouble(), random);
      assertThat(near.covered(points, k)).as("chart %d", k).isEqualTo(expected(cover, points, k));
    }
  }

  @Test
  void pointsOnTopOfACodeAndStrangeOnesAreCoveredAsEver() {
    SplitMix random = new SplitMix(42);
    Matrix codes = gaussian(500, random);
    System.arraycopy(codes.data(), codes.row(7), codes.data(), codes.row(8), DIMENSION); // twins
    ChartCover cover = new ChartCover(new ChartsConfig(500, 2, 0.1), Kernels.best());
    NearCodes near = new NearCodes(500, DIMENSION, cover, Kernels.best());
    cover.use(codes);
    near.use(codes);
    for (double spread : new double[] {0, 1e-25, 1e-20, 1e-3, 1e18, 1e30, Double.NaN}) {
      Matrix points = around(codes, 7, spread, random);
      assertThat(near.covered(points, 7))
          .as("points spread by %s", spread)
          .isEqualTo(expected(cover, points, 7));
    }
  }

  @Test
  void codesThatMovedAreMeasuredAnew() {
    SplitMix random = new SplitMix(43);
    Matrix codes = gaussian(300, random);
    ChartCover cover = new ChartCover(new ChartsConfig(300, 2, 0.1), Kernels.best());
    NearCodes near = new NearCodes(300, DIMENSION, cover, Kernels.best());
    for (int move = 0; move < 5; move++) {
      cover.use(codes);
      near.use(codes);
      Matrix points = around(codes, 5, 0.2, random);
      assertThat(near.covered(points, 5)).isEqualTo(expected(cover, points, 5));
      System.arraycopy(gaussian(300, random).data(), 0, codes.data(), 0, codes.data().length);
    }
  }

  private static int expected(ChartCover cover, Matrix points, int k) {
    int covered = 0;
    for (int i = 0; i < points.rows(); i++) {
      covered += cover.covers(points, i, k) ? 1 : 0;
    }
    return covered;
  }

  private static Matrix around(Matrix codes, int k, double spread, SplitMix random) {
    Matrix points = Matrix.zeros(POINTS, DIMENSION);
    for (int i = 0; i < POINTS; i++) {
      double far = i == 0 ? 20 : 1; // one lies outside of what is near
      for (int j = 0; j < DIMENSION; j++) {
        points.set(i, j, (float) (codes.get(k, j) + far * spread * random.nextGaussian()));
      }
    }
    return points;
  }

  private static Matrix gaussian(int rows, SplitMix random) {
    Matrix matrix = Matrix.zeros(rows, DIMENSION);
    for (int i = 0; i < matrix.data().length; i++) {
      matrix.data()[i] = (float) random.nextGaussian();
    }
    return matrix;
  }
}
