package io.chartflow.model.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.chartflow.model.linalg.Doubles;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.random.SplitMix;
import java.util.stream.IntStream;
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

  @Test
  void theRunningStandardiserIsThatOfTwoPassesThoughTheOffsetIsAMillionSigmas() {
    SplitMix random = new SplitMix(1);
    double[] x =
        IntStream.range(0, 5000).mapToDouble(i -> 1e9 + 1e-3 * random.nextGaussian()).toArray();
    RunningStandardiser running = new RunningStandardiser(1);
    for (int i = 0; i < 10; i++) {
      running.update(java.util.Arrays.copyOfRange(x, 500 * i, 500 * (i + 1)), 500);
    }
    double mean = 0;
    for (double value : x) {
      mean += (value - 1e9) / x.length;
    }
    double squares = 0;
    for (double value : x) {
      squares += Math.pow(value - 1e9 - mean, 2);
    }
    RunningStandardiser.StandardiserState state = running.state();

    assertThat(state.count()).isEqualTo(5000);
    assertThat(state.mean().get(0) - 1e9).isCloseTo(mean, offset(1e-6));
    assertThat(Math.sqrt(state.squares().get(0) / 4999))
        .isCloseTo(Math.sqrt(squares / 4999), offset(1e-6));
  }

  @Test
  void aConstantFeatureGetsAFloorOnItsSpread() {
    RunningStandardiser running = new RunningStandardiser(3);
    for (int i = 0; i < 5; i++) {
      running.update(new double[] {0, 1e6, i}, 1);
    }
    Standardiser frozen = running.freeze();

    assertThat(frozen.scale().get(0)).isEqualTo(1e-9);
    assertThat(frozen.scale().get(1)).isCloseTo(1e-3, offset(1e-15));
    assertThat(frozen.scale().get(2)).isCloseTo(Math.sqrt(2.5), offset(1e-12));
    assertThat(frozen.logDeterminant()).isFinite();
  }

  @Test
  void anEventWhoseSquareWouldNotBeFiniteIsNotSeen() {
    RunningStandardiser running = new RunningStandardiser(2);
    double[] events = {1, 1, Double.NaN, 5, 2, Double.POSITIVE_INFINITY, 3, 3, 1e300, 0, 0, -1e101};
    running.update(events, 6);

    assertThat(running.count()).isEqualTo(2);
    assertThat(running.freeze().mean()).isEqualTo(Doubles.copyOf(new double[] {2, 2}));
  }

  @Test
  void aRestoredRunningStandardiserGoesOnToTheSameBits() {
    RunningStandardiser running = new RunningStandardiser(1);
    running.update(new double[] {1, 5, 2}, 3);
    RunningStandardiser restored = new RunningStandardiser(running.state());
    running.update(new double[] {0.1, 0.7}, 2);
    restored.update(new double[] {0.1, 0.7}, 2);

    assertThat(restored.state()).isEqualTo(running.state());
  }
}
