package io.chartflow.model.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.chartflow.model.linalg.Bytes;
import io.chartflow.model.linalg.Floats;
import io.chartflow.model.random.SplitMix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibratorTest {

  private static final int WINDOW = 1 << 14;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1023, 1024, 1025, 9_999, 16_384, 16_385, 17_407, 17_408, 17_409})
  void aRestoredCalibratorFreezesToTheSameBits(int restart) {
    SplitMix random = new SplitMix(21);
    Calibrator straight = new Calibrator(WINDOW);
    Calibrator restarted = new Calibrator(WINDOW);
    for (int i = 0; i < 40_000; i++) {
      double surprisal = random.nextGaussian();
      straight.add(surprisal);
      restarted.add(surprisal);
      if (i == restart || i == 3 * restart) {
        restarted.freeze();
        restarted = new Calibrator(restarted.state());
      }
    }

    assertThat(restarted.state()).isEqualTo(straight.state());
    assertThat(restarted.freeze()).isEqualTo(straight.freeze());
  }

  @Test
  void freezingTossesNoCoinThatHasNoSeed() {
    Calibrator calibrator = new Calibrator(1 << 16);
    SplitMix random = new SplitMix(22);
    for (int i = 0; i < 63_000; i++) {
      calibrator.add(random.nextGaussian());
    }
    Bytes first = calibrator.freeze().bytes();
    for (int i = 0; i < 200; i++) {
      assertThat(new Calibrator(calibrator.state()).freeze().bytes()).isEqualTo(first);
    }
  }

  @Test
  void theWindowForgetsWhatIsOlder() {
    Calibrator calibrator = new Calibrator(WINDOW);
    feed(calibrator, 1, 10_000);
    feed(calibrator, 2, WINDOW);
    PValues pValues = calibrator.freeze();

    assertThat(pValues.pValue(2)).as("no event of 1 is left").isEqualTo(1);
    assertThat(calibrator.count()).isBetween(WINDOW * 15L / 16, (long) WINDOW);

    feed(calibrator, 3, WINDOW / 2);
    PValues half = calibrator.freeze();
    assertThat(half.pValue(3)).isCloseTo(0.5, offset(0.05));
  }

  @Test
  void afterAResetNothingIsLeft() {
    Calibrator calibrator = new Calibrator(256);
    feed(calibrator, 1, 1000);
    calibrator.reset();

    assertThat(calibrator.count()).isZero();
    assertThat(calibrator.freeze()).isEqualTo(PValues.EMPTY);
    assertThat(calibrator.state()).isEqualTo(CalibratorState.empty(256));
  }

  @Test
  void aSurprisalThatIsNoNumberIsRefusedAndLeavesNothing() {
    Calibrator calibrator = new Calibrator(256);

    assertThatThrownBy(() -> calibrator.add(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a surprisal in nats, got NaN");
    assertThat(calibrator.count()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 255, 1 << 23})
  void aWindowThatCannotBeKeptIsRefused(int window) {
    assertThatThrownBy(() -> new Calibrator(window))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("calibration window must be between 256 and 4194304, got " + window);
  }

  @Test
  void aStateWithMoreThanItsWindowIsRefused() {
    assertThatThrownBy(() -> new CalibratorState(256, Floats.copyOf(new float[257])))
        .hasMessage("a calibrator of 256 events remembers at most that many, got 257");
  }

  private static void feed(Calibrator calibrator, double surprisal, int count) {
    for (int i = 0; i < count; i++) {
      calibrator.add(surprisal);
    }
  }
}
