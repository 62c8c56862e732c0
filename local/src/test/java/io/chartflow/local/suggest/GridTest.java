package io.chartflow.local.suggest;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.model.random.SplitMix;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GridTest {

  @ParameterizedTest
  @ValueSource(doubles = {1, 5, 0.1, 0.25, 0.5, 100, 0.001, 3})
  void valuesOnAGridHaveItsStep(double step) {
    double[] values = drawn(5000, u -> step * Math.rint(200 * u) + 7 * step);

    assertThat(Grid.step(rounded(values, 9)).orElseThrow()).isEqualTo(step);
  }

  @Test
  void minutesThatArePrintedAsHoursAreSixtieths() {
    double[] values = drawn(5000, u -> Math.rint(u * 24 * 60) / 60);

    assertThat(Grid.step(rounded(values, 4)).orElseThrow()).isEqualTo(1.0 / 60);
  }

  @Test
  void continuousValuesHaveNoStep() {
    assertThat(Grid.step(drawn(5000, u -> u)).isPresent()).isFalse();
  }

  @Test
  void fourDecimalsThatHardlyRepeatAreContinuous() {
    assertThat(Grid.step(rounded(drawn(500, u -> 1000 * u), 4)).isPresent()).isFalse();
  }

  @Test
  void oneValueAloneHasNoStep() {
    assertThat(Grid.step(new double[] {3, 3, 3, 3}).isPresent()).isFalse();
  }

  private static double[] drawn(int count, DoubleUnaryOperator quantile) {
    SplitMix random = new SplitMix(51);
    double[] values = new double[count];
    Arrays.setAll(values, i -> quantile.applyAsDouble(random.nextDouble()));
    Arrays.sort(values);
    return values;
  }

  private static double[] rounded(double[] values, int decimals) {
    double unit = Math.pow(10, decimals);
    return Arrays.stream(values).map(x -> Math.rint(x * unit) / unit).sorted().toArray();
  }
}
