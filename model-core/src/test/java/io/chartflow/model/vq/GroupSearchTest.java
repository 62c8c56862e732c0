package io.chartflow.model.vq;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.model.config.ChartsConfig;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.random.SplitMix;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Many codes, which {@link ChartCover} searches in groups, for one encoding or for a sorted block
 * of them, beside all distances.
 */
class GroupSearchTest {

  private static final int ENCODINGS = 300;
  private static final int TOGETHER = 70;
  private static final Kernels KERNELS = Kernels.best();

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
    ChartCover cover = new ChartCover(new ChartsConfig(count, m, epsilon), KERNELS);
    CodeIndex index = new CodeIndex(count, dimension, KERNELS);
    index.use(gaussian(count, dimension, 1, random));
    cover.use(index);
    for (double spread : new double[] {1e-3, 1, 30}) {
      assertSameAsAll(cover, index, gaussian(ENCODINGS, dimension, spread, random));
    }
  }

  @Test
  void codesMayMoveFarFromTheirGroupsAndLieOnTopOfEachOther() {
    SplitMix random = new SplitMix(62);
    ChartCover cover = new ChartCover(new ChartsConfig(400, 2, 0.1), KERNELS);
    CodeIndex index = new CodeIndex(400, 4, KERNELS);
    Matrix codes = gaussian(400, 4, 1, random);
    for (int move = 0; move < 20; move++) {
      for (int n = 0; n < 30; n++) {
        int from = random.nextInt(400);
        int to = random.nextInt(400);
        System.arraycopy(codes.data(), codes.row(from), codes.data(), codes.row(to), 4);
        codes.set(from, n % 4, (float) (3 * random.nextGaussian()));
      }
      index.use(codes);
      cover.use(index);
      assertSameAsAll(cover, index, codes);
    }
  }

  @Test
  void strangeCodesAndEncodingsAreCoveredAsIfAllWereMeasured() {
    SplitMix random = new SplitMix(63);
    ChartCover cover = new ChartCover(new ChartsConfig(300, 2, 0.1), KERNELS);
    CodeIndex index = new CodeIndex(300, 2, KERNELS);
    float[] strange = {0, 1e-30f, 1e-20f, 1e18f, 1e30f, Float.POSITIVE_INFINITY, Float.NaN};
    for (float inCodes : strange) {
      Matrix codes = gaussian(300, 2, 1, random);
      codes.set(7, 1, inCodes);
      codes.set(8, 0, inCodes);
      index.use(codes);
      cover.use(index);
      Matrix encodings = gaussian(40, 2, 1, random);
      for (int i = 0; i < strange.length; i++) {
        encodings.set(i, 0, strange[i]);
        encodings.set(7 + i, 0, -strange[i]);
        encodings.set(7 + i, 1, strange[i]);
      }
      assertSameAsAll(cover, index, encodings);
    }
  }

  private static void assertSameAsAll(ChartCover cover, CodeIndex index, Matrix encodings) {
    int rows = encodings.rows();
    PairList expected = new PairList();
    int[] nearest = new int[rows];
    float[] squared = new float[rows];
    PairList alone = new PairList();
    for (int i = 0; i < rows; i++) {
      cover.coverByAll(encodings, i, expected);
      nearest[i] = cover.nearest();
      squared[i] = cover.nearestSquaredDistance();
      cover.cover(encodings, i, alone);
      assertThat(Pairs.row(alone, i)).as("encoding %d", i).isEqualTo(Pairs.row(expected, i));
      assertThat(cover.nearest()).isEqualTo(nearest[i]);
      assertThat((Float) cover.nearestSquaredDistance()).isEqualTo((Float) squared[i]);
    }

    GroupOrder order = new GroupOrder(index);
    order.reserve(rows);
    order.find(encodings, 0, rows);
    order.sort(rows);
    assertThat(IntStream.range(0, rows).map(order::row).sorted())
        .containsExactlyElementsOf(IntStream.range(0, rows).boxed().toList());
    for (int from = 0; cover.prefersSorted() && from < rows; from += TOGETHER) {
      int to = Math.min(rows, from + TOGETHER);
      PairList sorted = new PairList();
      cover.coverSorted(encodings, order, from, to, sorted);
      assertThat(sorted.rows()).isEqualTo(to - from);
      for (int i = from; i < to; i++) {
        int row = order.row(i);
        assertThat(Pairs.row(sorted, i - from))
            .as("encoding %d, sorted", row)
            .isEqualTo(Pairs.row(expected, row));
        assertThat(cover.nearest(i - from)).isEqualTo(nearest[row]);
        assertThat((Float) cover.nearestSquaredDistance(i - from)).isEqualTo((Float) squared[row]);
      }
    }
  }

  private static Matrix gaussian(int rows, int cols, double spread, SplitMix random) {
    Matrix matrix = Matrix.zeros(rows, cols);
    for (int i = 0; i < matrix.data().length; i++) {
      matrix.data()[i] = (float) (spread * random.nextGaussian());
    }
    return matrix;
  }
}
