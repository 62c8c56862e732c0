package io.chartflow.model.vq;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.model.config.ChartsConfig;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.random.SplitMix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many codes, which {@link ChartCover} searches in groups, beside all distances. */
class GroupSearchTest {

  private static final int ENCODINGS = 300;

  @ParameterizedTest
  @CsvSource({
    "256,3,2,0.1",
    "257,3,1,0",
    "300,1,3,0",
    "500,8,2,0.1",
    "1000,2,2,0.5",
    "1024,8,400,1",
  })
  void theSameCodesCoverAsIfAllWereMeasured(int count, int dimension, int m, double epsilon) {
    SplitMix random = new SplitMix(61);
    ChartCover cover = new ChartCover(new ChartsConfig(count, m, epsilon), Kernels.best());
    Matrix codes = gaussian(count, dimension, 1, random);
    cover.use(codes);
    for (double spread : new double[] {1e-3, 1, 30}) {
      Matrix encodings = gaussian(ENCODINGS, dimension, spread, random);
      for (int i = 0; i < ENCODINGS; i++) {
        assertSameAsAll(cover, encodings, i);
      }
    }
  }

  @Test
  void codesMayMoveFarFromTheirGroupsAndLieOnTopOfEachOther() {
    SplitMix random = new SplitMix(62);
    ChartCover cover = new ChartCover(new ChartsConfig(400, 2, 0.1), Kernels.best());
    Matrix codes = gaussian(400, 4, 1, random);
    for (int move = 0; move < 20; move++) {
      for (int n = 0; n < 30; n++) {
        int from = random.nextInt(400);
        int to = random.nextInt(400);
        System.arraycopy(codes.data(), codes.row(from), codes.data(), codes.row(to), 4);
        codes.set(from, n % 4, (float) (3 * random.nextGaussian()));
      }
      cover.use(codes);
      for (int i = 0; i < 400; i += 7) {
        assertSameAsAll(cover, codes, i);
      }
    }
  }

  @Test
  void strangeCodesAndEncodingsAreCoveredAsIfAllWereMeasured() {
    SplitMix random = new SplitMix(63);
    ChartCover cover = new ChartCover(new ChartsConfig(300, 2, 0.1), Kernels.best());
    float[] strange = {0, 1e-30f, 1e-20f, 1e18f, 1e30f, Float.POSITIVE_INFINITY, Float.NaN};
    for (float inCodes : strange) {
      Matrix codes = gaussian(300, 2, 1, random);
      codes.set(7, 1, inCodes);
      codes.set(8, 0, inCodes);
      cover.use(codes);
      Matrix encodings = gaussian(40, 2, 1, random);
      for (int i = 0; i < strange.length; i++) {
        encodings.set(i, 0, strange[i]);
        encodings.set(7 + i, 0, -strange[i]);
        encodings.set(7 + i, 1, strange[i]);
      }
      for (int i = 0; i < 40; i++) {
        assertSameAsAll(cover, encodings, i);
      }
    }
  }

  private static void assertSameAsAll(ChartCover cover, Matrix encodings, int i) {
    PairList expected = new PairList();
    cover.coverByAll(encodings, i, expected);
    int nearest = cover.nearest();
    Float squared = cover.nearestSquaredDistance();
    PairList pairs = new PairList();
    cover.cover(encodings, i, pairs);

    assertThat(Pairs.row(pairs, 0)).as("encoding %d", i).isEqualTo(Pairs.row(expected, 0));
    assertThat(cover.nearest()).isEqualTo(nearest);
    assertThat((Float) cover.nearestSquaredDistance()).isEqualTo(squared);
  }

  private static Matrix gaussian(int rows, int cols, double spread, SplitMix random) {
    Matrix matrix = Matrix.zeros(rows, cols);
    for (int i = 0; i < matrix.data().length; i++) {
      matrix.data()[i] = (float) (spread * random.nextGaussian());
    }
    return matrix;
  }
}
