package io.chartflow.model.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.chartflow.model.random.SplitMix;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums of rows, to the bits of adding one number after the other. */
class RowSumsTest {

  @ParameterizedTest
  @CsvSource({"1,32", "64,32", "65,32", "150,37", "392,3", "0,5"})
  void bothLayoutsAddInTheOrderOfColumns(int columns, int rows) {
    SplitMix random = new SplitMix(7);
    float[] byRows = new float[columns * rows];
    float[] byColumns = new float[columns * rows];
    double[] expected = new double[rows + 2];
    for (int i = 0; i < rows + 2; i++) {
      expected[i] = random.nextGaussian();
    }
    double[] one = expected.clone();
    double[] other = expected.clone();
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        float s = (float) random.nextGaussian();
        byRows[i * columns + j] = s;
        byColumns[j * rows + i] = s;
        expected[1 + i] += 3.0 * s;
      }
    }
    RowSums.add(3.0, byRows, 0, columns, rows, true, one, 1);
    float[] behind = new float[5 + byColumns.length];
    System.arraycopy(byColumns, 0, behind, 5, byColumns.length);
    RowSums.add(3.0, behind, 5, columns, rows, false, other, 1);

    assertThat(one).isEqualTo(expected);
    assertThat(other).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 32, 65, 392})
  void blocksAddTheSame(int columns) {
    Optional<BlockKernels> vectors = Kernels.best().blocks();
    assumeThat(vectors).as("the vector module").isPresent();
    BlockKernels kernels = vectors.get();
    int rows = kernels.rows();
    SplitMix random = new SplitMix(8);
    float[] s = new float[3 + columns * rows]; // not one number more than there are
    for (int m = 0; m < s.length; m++) {
      s[m] = (float) random.nextGaussian();
    }
    double[] expected = new double[rows + 4];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = random.nextGaussian();
    }
    double[] sums = expected.clone();
    for (int j = 0; j < columns; j++) {
      for (int i = 0; i < rows; i++) {
        expected[2 + i] += 0.7 * s[3 + j * rows + i];
      }
    }

    kernels.addSums(0.7, s, 3, columns, sums, 2);

    assertThat(sums).isEqualTo(expected);
  }
}
