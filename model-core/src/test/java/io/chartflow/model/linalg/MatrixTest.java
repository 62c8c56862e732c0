package io.chartflow.model.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatrixTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 40})
  void asManyNumbersAreCopiedAsWereAskedFor(int count) {
    float[] from = numbers(50);
    float[] to = new float[60];
    Arrays.fill(to, -1);
    Matrix.copy(from, 3, to, 7, count);

    for (int at = 0; at < to.length; at++) {
      boolean copied = at >= 7 && at < 7 + count;
      assertThat(to[at]).as("%d", at).isEqualTo(copied ? from[at - 4] : -1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 17})
  void aMatrixIsCopiedWhetherItsRowsLieSideBySideOrNot(int cols) {
    for (Matrix from : two(numbers(5 * 24), cols)) {
      for (Matrix to : two(new float[5 * 24], cols)) {
        from.top(3).copyTo(to);

        for (int i = 0; i < 3; i++) {
          for (int j = 0; j < cols; j++) {
            assertThat(to.get(i, j)).as("%d, %d", i, j).isEqualTo(from.get(i, j));
            to.set(i, j, 0);
          }
        }
        assertThat(to.data()).as("beside them").containsOnly(0f);
      }
    }
  }

  /** Views of five rows, which lie side by side or apart. */
  private static Matrix[] two(float[] data, int cols) {
    return new Matrix[] {Matrix.of(data, 2, 5, cols), new Matrix(data, 2, 5, cols, 23)};
  }

  /** From 1 on. */
  private static float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = i + 1;
    }
    return numbers;
  }
}
