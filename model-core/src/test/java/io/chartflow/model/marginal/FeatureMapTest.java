package io.chartflow.model.marginal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.chartflow.model.linalg.Doubles;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.online.Standardiser;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureMapTest {

  private static final Standardiser UNITS =
      new Standardiser(doubles(10, -1, 0), doubles(2, 0.5, 0.25));

  private static final FeatureMap MAP =
      new FeatureMap(
          List.of(
              Marginal.none(),
              new AsinhMarginal(3, 1.5),
              new SplineMarginal(
                  doubles(0, 1, 4), doubles(-1, 0, 1), doubles(1, 0.5, 0.2), doubles(0, 2))),
          UNITS,
          3);

  @Test
  void withoutTransformsItIsTheStandardiserToTheBit() {
    double[] values = {11.3, -0.7, 1e300, 9, 2, -1e9};
    Matrix expected = Matrix.zeros(2, 3);
    UNITS.apply(values, 2, expected);
    Matrix out = Matrix.zeros(2, 3);
    double[] logDet = {7, 7, 7};
    FeatureMap plain =
        new FeatureMap(List.of(Marginal.none(), Marginal.none(), Marginal.none()), UNITS, 3);
    plain.apply(values, 2, out, logDet);

    assertThat(out.data()).isEqualTo(expected.data());
    assertThat(logDet).containsExactly(UNITS.logDeterminant(), UNITS.logDeterminant(), 7);
    assertThat(plain).isEqualTo(FeatureMap.of(UNITS, 3));
  }

  @Test
  void eachFeatureGoesThroughItsTransformAndThenTheStandardiser() {
    double[] values = {11, 4, 2.5};
    Matrix out = Matrix.zeros(1, 3);
    double[] logDet = new double[1];
    MAP.apply(values, 1, out, logDet);
    double expected = UNITS.logDeterminant();
    for (int j = 0; j < 3; j++) {
      Marginal marginal = MAP.marginals().get(j);
      assertThat(out.get(0, j)).isEqualTo(UNITS.apply(j, marginal.apply(values[j])));
      expected += marginal.logDerivative(values[j]);
    }

    assertThat(logDet[0]).isCloseTo(expected, offset(1e-14));
  }

  @Test
  void theLogDeterminantIsThatOfTheNumericJacobian() {
    double[] values = {11, 4, 2.5};
    double[] logDet = new double[1];
    MAP.apply(values, 1, Matrix.zeros(1, 3), logDet);
    double step = 1e-6;
    double numeric = 0;
    for (int j = 0; j < 3; j++) {
      Marginal marginal = MAP.marginals().get(j);
      double rise = marginal.apply(values[j] + step) - marginal.apply(values[j] - step);
      numeric += Math.log(rise / (2 * step) / UNITS.scale().get(j));
    }

    assertThat(logDet[0]).isCloseTo(numeric, offset(1e-8));
  }

  @Test
  void invertUndoesApply() {
    double[] values = {11, 4, 2.5, 8, -20, -3, 10, 3, 9};
    Matrix out = Matrix.zeros(3, 3);
    MAP.apply(values, 3, out, new double[3]);
    double[] back = new double[10];
    for (int i = 0; i < 3; i++) {
      MAP.invert(out, i, back, 1 + 3 * i);
    }
    for (int i = 0; i < 9; i++) {
      assertThat(back[1 + i]).isCloseTo(values[i], offset(1e-4));
    }
  }

  @Test
  void everyFiniteEventIsFinite() {
    double[] values = {1e308, -1e308, 1e308, -1e308, 1e308, -1e308};
    Matrix out = Matrix.zeros(2, 3);
    double[] logDet = new double[2];
    MAP.apply(values, 2, out, logDet);

    assertThat(out.data()).contains(1e6f, -1e6f);
    for (int i = 0; i < 6; i++) {
      assertThat(out.data()[i]).isBetween(-1e6f, 1e6f);
    }
    assertThat(logDet[0]).isFinite();
    assertThat(logDet[1]).isFinite();
  }

  @Test
  void partsThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> new FeatureMap(List.of(Marginal.none()), UNITS, 3))
        .hasMessage("a feature map of 3 features needs as many transforms, got 1");
    assertThatThrownBy(() -> FeatureMap.of(UNITS, 4))
        .hasMessage("a feature map of 3 features needs 1 to 3 latents, got 4");
    assertThatThrownBy(() -> new FeatureMap(MAP.marginals(), UNITS, 2))
        .hasMessage(
            "a feature map of 3 features needs 1 to 3 latents, all of them with transforms, got 2");
  }

  private static Doubles doubles(double... values) {
    return Doubles.copyOf(values);
  }
}
