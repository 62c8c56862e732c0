package io.chartflow.model.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.chartflow.model.linalg.Doubles;
import io.chartflow.model.linalg.Matrix;
import org.junit.jupiter.api.Test;

class StandardiserTest {

  private static final Standardiser UNITS =
      new Standardiser(
          Doubles.copyOf(new double[] {10, -1}), Doubles.copyOf(new double[] {2, 0.5}));

  @Test
  void valuesAreCountedInSigmasFromTheMean() {
    Matrix out = Matrix.zeros(2, 2);
    UNITS.apply(new double[] {10, -1, 14, -2}, 2, out);

    assertThat(out.data()).containsExactly(0, 0, 2, -2);
  }

  @Test
  void theLogDeterminantTurnsDensitiesIntoTheUnitsOfTheInput() {
    assertThat(UNITS.logDeterminant()).isCloseTo(-Math.log(2) - Math.log(0.5), offset(1e-12));
  }

  @Test
  void aFarValueIsTakenAsTheLimit() {
    Matrix out = Matrix.zeros(1, 2);
    UNITS.apply(new double[] {1e300, Double.NEGATIVE_INFINITY}, 1, out);

    assertThat(out.data()).containsExactly(1e6f, -1e6f);
  }

  @Test
  void invertUndoesApply() {
    Matrix out = Matrix.zeros(1, 2);
    UNITS.apply(new double[] {13, -7}, 1, out);
    double[] back = new double[4];
    UNITS.invert(out, 0, back, 2);

    assertThat(back).containsExactly(0, 0, 13, -7);
  }
}
