package io.chartflow.model.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.model.random.SplitMix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sums of log-determinants, to the bits of adding one number after the other. */
class LogDetsTest {

  @ParameterizedTest
  @CsvSource({"1,32", "64,32", "65,32", "150,37", "392,3", "0,5"})
  void bothLayoutsAddInTheOrderOfFeatures(int features, int rows) {
    SplitMix random = new SplitMix(7);
    float[] byRows = new float[features * rows];
    float[] byFeatures = new float[features * rows];
    double[] expected = new double[rows + 2];
    for (int i = 0; i < rows + 2; i++) {
      expected[i] = random.nextGaussian();
    }
    double[] one = expected.clone();
    double[] other = expected.clone();
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < features; j++) {
        float s = (float) random.nextGaussian();
        byRows[i * features + j] = s;
        byFeatures[j * rows + i] = s;
        expected[1 + i] += 3.0 * s;
      }
    }
    LogDets.add(3.0, byRows, 0, features, rows, true, one, 1);
    float[] behind = new float[5 + byFeatures.length];
    System.arraycopy(byFeatures, 0, behind, 5, byFeatures.length);
    LogDets.add(3.0, behind, 5, features, rows, false, other, 1);

    assertThat(one).isEqualTo(expected);
    assertThat(other).isEqualTo(expected);
  }
}
