package io.chartflow.model.vq;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.model.config.ChartsConfig;
import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.random.SplitMix;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChartCoverTest {

  private static final int CODES = 17;
  private static final int DIMENSION = 5;

  @ParameterizedTest
  @CsvSource({"1,0", "1,0.2", "2,0", "2,0.1", "3,0.5", "17,0", "17,1"})
  void aChartCoversWhatItsDefinitionSays(int m, double epsilon) {
    SplitMix random = new SplitMix(1);
    Matrix codes = gaussian(CODES, random);
    Matrix encodings = gaussian(200, random);
    ChartCover cover = new ChartCover(new ChartsConfig(CODES, m, epsilon), Kernels.best());
    cover.use(codes);
    for (int i = 0; i < 200; i++) {
      double[] d = distances(encodings, i, codes);
      double[] sorted = d.clone();
      Arrays.sort(sorted);
      double bound = sorted[m - 1];
      int[] expected =
          IntStream.range(0, CODES)
              .filter(k -> epsilon == 0 ? d[k] <= bound : d[k] < (1 + epsilon) * bound)
              .toArray();
      PairList pairs = new PairList();
      cover.cover(encodings, i, pairs);

      assertThat(Pairs.row(pairs, 0)).as("encoding %d", i).isEqualTo(expected);
      for (int k = 0; k < CODES; k++) {
        int chart = k;
        assertThat(cover.covers(encodings, i, k))
            .isEqualTo(Arrays.stream(expected).anyMatch(c -> c == chart));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1,1,0",
    "2,2,0.1",
    "17,1,0",
    "31,2,0.1",
    "32,3,0",
    "33,2,0.1",
    "64,2,0.1",
    "200,4,0.3"
  })
  void manyEncodingsAtOnceAreCoveredAsEachAlone(int charts, int m, double epsilon) {
    SplitMix random = new SplitMix(8);
    Matrix codes = gaussian(charts, random);
    codes.set(charts / 2, 0, Float.NaN);
    ChartCover cover = new ChartCover(new ChartsConfig(charts, m, epsilon), Kernels.best());
    cover.use(codes);
    for (int rows : new int[] {0, 1, 5, 31, 32, 33, 64, 100}) {
      Matrix encodings = gaussian(rows, random);
      if (rows > 30) {
        encodings.set(3, 0, Float.NaN);
        encodings.set(4, 1, Float.POSITIVE_INFINITY);
        System.arraycopy(codes.data(), 0, encodings.data(), encodings.row(5), DIMENSION);
      }
      PairList alone = new PairList();
      for (int i = 0; i < rows; i++) {
        cover.cover(encodings, i, alone);
      }
      PairList together = new PairList();
      cover.coverRows(encodings, together);

      assertThat(together.rows()).isEqualTo(rows);
      for (int i = 0; i < rows; i++) {
        assertThat(Pairs.row(together, i)).as("%d of %d", i, rows).isEqualTo(Pairs.row(alone, i));
      }
    }
  }

  @Test
  void theHardPartitionGivesEveryEncodingToItsNearestCodeAlone() {
    SplitMix random = new SplitMix(2);
    Matrix codes = gaussian(CODES, random);
    Matrix encodings = gaussian(300, random);
    ChartCover cover = new ChartCover(new ChartsConfig(CODES, 1, 0), Kernels.best());
    cover.use(codes);
    PairList pairs = new PairList();
    for (int i = 0; i < 300; i++) {
      cover.cover(encodings, i, pairs);
      assertThat(Pairs.row(pairs, i)).containsExactly(cover.nearest());
    }
    assertThat(pairs.size()).isEqualTo(300);
  }

  @Test
  void everyEncodingIsCoveredHoweverStrange() {
    Matrix codes = gaussian(CODES, new SplitMix(3));
    float[] strange = {
      0, 1e-30f, 1e10f, 1e18f, 1e30f, Float.MAX_VALUE, Float.POSITIVE_INFINITY, Float.NaN
    };
    for (ChartsConfig config :
        new ChartsConfig[] {
          new ChartsConfig(CODES, 1, 0), new ChartsConfig(CODES, 1, 0.1),
          new ChartsConfig(CODES, 2, 0), new ChartsConfig(CODES, 2, 0.1)
        }) {
      ChartCover cover = new ChartCover(config, Kernels.best());
      cover.use(codes);
      for (float value : strange) {
        Matrix e = Matrix.zeros(1, DIMENSION);
        e.fill(value);
        PairList pairs = new PairList();
        cover.cover(e, 0, pairs);
        assertThat(pairs.size()).as("%s at %s", config, value).isPositive();
      }
    }
  }

  @Test
  void codesAtTheSamePlaceCoverTogether() {
    Matrix codes = Matrix.of(new float[] {1, 1, 5}, 0, 3, 1);
    ChartCover cover = new ChartCover(new ChartsConfig(3, 1, 0), Kernels.best());
    cover.use(codes);
    PairList pairs = new PairList();
    cover.cover(Matrix.of(new float[] {1.5f}, 0, 1, 1), 0, pairs);

    assertThat(Pairs.row(pairs, 0)).containsExactly(0, 1);
    assertThat(cover.nearest()).as("of equals the first").isZero();
    assertThat(cover.nearestSquaredDistance()).isEqualTo(0.25f);
  }

  @Test
  void anEncodingOnTopOfTheBoundingCodesIsCoveredByExactlyThose() {
    Matrix codes = Matrix.of(new float[] {1, 1, 5}, 0, 3, 1);
    ChartCover cover = new ChartCover(new ChartsConfig(3, 2, 0.5), Kernels.best());
    cover.use(codes);
    PairList pairs = new PairList();
    cover.cover(Matrix.of(new float[] {1}, 0, 1, 1), 0, pairs);

    assertThat(Pairs.row(pairs, 0)).containsExactly(0, 1);
  }

  @Test
  void coverAllNamesEveryChart() {
    ChartCover cover = new ChartCover(new ChartsConfig(3, 1, 0), Kernels.best());
    PairList pairs = new PairList();
    cover.coverAll(pairs);
    cover.coverAll(pairs);

    assertThat(Pairs.row(pairs, 1)).containsExactly(0, 1, 2);
    assertThat(pairs.rows()).isEqualTo(2);
  }

  private static double[] distances(Matrix encodings, int i, Matrix codes) {
    double[] distances = new double[CODES];
    for (int k = 0; k < CODES; k++) {
      for (int j = 0; j < DIMENSION; j++) {
        distances[k] += Math.pow((double) encodings.get(i, j) - codes.get(k, j), 2);
      }
      distances[k] = Math.sqrt(distances[k]);
    }
    return distances;
  }

  private static Matrix gaussian(int rows, SplitMix random) {
    Matrix m = Matrix.zeros(rows, DIMENSION);
    for (int i = 0; i < rows * DIMENSION; i++) {
      m.data()[i] = (float) random.nextGaussian();
    }
    return m;
  }
}
