package io.chartflow.model.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import io.chartflow.model.random.SplitMix;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Simulated streams whose surprisals are standard exponential, so that P(s > t) = exp(−t). */
class ContaminationGuardTest {

  private static final double LEVEL = 0.01;
  private static final int WINDOW = 1 << 16;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aStationaryStreamKeepsItsThresholdOverFiftyWindows(long seed) {
    Simulation stream = new Simulation(seed);
    stream.run(2 * WINDOW, 0, 0);
    for (int i = 0; i < 50; i++) {
      double guarded = stream.run(WINDOW, 0, 0);
      assertThat(stream.nullShareAboveThreshold()).isCloseTo(LEVEL, withPercentage(20));
      assertThat(guarded).isCloseTo(LEVEL, withPercentage(25));
    }
    assertThat(stream.guard.isOpen()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(doubles = {6, 12, 1000})
  void clutterThatComesLateIsGuardedAndMovesTheThresholdLittle(double farness) {
    Simulation stream = new Simulation(4);
    stream.run(10 * WINDOW, 0, 0);
    stream.run(2 * WINDOW, 0.05, farness);
    for (int i = 0; i < 50; i++) {
      double guarded = stream.run(WINDOW, 0.05, farness);
      assertThat(guarded).isBetween(0.054, 0.066);
      assertThat(stream.nullShareAboveThreshold()).isCloseTo(LEVEL, withPercentage(25));
    }
    assertThat(stream.clutterTaught).as("of %d", stream.clutterSeen).isZero();
    assertThat(stream.guard.isOpen()).isFalse();
  }

  @Test
  void whenTheClutterIsOverTheThresholdIsThatOfTheStreamAgain() {
    Simulation stream = new Simulation(5);
    stream.run(10 * WINDOW, 0, 0);
    stream.run(10 * WINDOW, 0.05, 20);
    stream.run(3 * WINDOW, 0, 0);

    assertThat(stream.nullShareAboveThreshold()).isCloseTo(LEVEL, withPercentage(15));
  }

  @Test
  void aShiftOfTheWholeStreamOpensTheGuardUntilItIsCalibratedAnew() {
    Simulation stream = new Simulation(6);
    stream.run(4 * WINDOW, 0, 0);
    stream.shift = 30;
    int events = 0;
    while (stream.openings == 0) {
      stream.step(0, 0);
      events++;
    }
    long taught = stream.taught;
    stream.run((int) (20 / LEVEL), 0, 0);

    assertThat(events).as("until it opens").isBetween(2048, 4096);
    assertThat(stream.taught - taught).as("all teach").isEqualTo((long) (20 / LEVEL));
    stream.run(3 * WINDOW, 0, 0);
    assertThat(stream.run(WINDOW, 0, 0)).isCloseTo(LEVEL, withPercentage(25));
    assertThat(stream.openings).isEqualTo(1);
  }

  @Test
  void anImprovingModelTakesTheThresholdAlong() {
    Simulation stream = new Simulation(7);
    stream.run(4 * WINDOW, 0, 0);
    stream.shift = -2;
    stream.run(3 * WINDOW, 0, 0);

    assertThat(stream.nullShareAboveThreshold()).isCloseTo(LEVEL, withPercentage(15));
  }

  @Test
  void withTooFewCalibratedEventsNothingIsGuarded() {
    Calibrator calibrator = new Calibrator(WINDOW);
    ContaminationGuard guard = new ContaminationGuard(LEVEL, 0.5);
    for (int i = 0; i < 1999; i++) {
      calibrator.add(i);
    }

    assertThat(guard.judge(PValues.EMPTY, 1e9)).isEqualTo(Verdict.TEACH);
    assertThat(guard.judge(calibrator.freeze(), 1e9)).isEqualTo(Verdict.TEACH);
    calibrator.add(0);
    assertThat(guard.judge(calibrator.freeze(), 1e9)).isEqualTo(Verdict.CALIBRATE);
  }

  @Test
  void aRestoredGuardGivesTheSameVerdicts() {
    Simulation straight = new Simulation(8);
    Simulation restarted = new Simulation(8);
    for (int i = 0; i < 20; i++) {
      straight.run(10_000, 0.05, 9);
      restarted.run(10_000, 0.05, 9);
      restarted.guard = new ContaminationGuard(restarted.guard.state());
      restarted.calibrator = new Calibrator(restarted.calibrator.state());
    }

    assertThat(restarted.guard.state()).isEqualTo(straight.guard.state());
    assertThat(restarted.calibrator.state()).isEqualTo(straight.calibrator.state());
    assertThat(restarted.taught).isEqualTo(straight.taught);
  }

  @Test
  void levelAndMajorityFollowTheirRules() {
    for (double level : new double[] {0, 0.2, Double.NaN}) {
      assertThatThrownBy(() -> new ContaminationGuard(level, 0.5))
          .hasMessage(
              String.format(
                  Locale.ROOT, "guard level must be above 0 and at most 0.1, got %s", level));
    }
    for (double majority : Arrays.asList(0.01, 1.5, Double.NaN)) {
      assertThatThrownBy(() -> new ContaminationGuard(0.01, majority))
          .hasMessage("guard majority must be above the level 0.01 and at most 1, got " + majority);
    }
  }

  /** What a learner does with a guard: judge, teach, calibrate, and begin anew after drift. */
  private static final class Simulation {

    private final SplitMix random;
    private Calibrator calibrator = new Calibrator(WINDOW);
    private ContaminationGuard guard = new ContaminationGuard(LEVEL, 0.5);
    private PValues pValues = PValues.EMPTY;
    private double shift;
    private long seen;
    private long taught;
    private long clutterSeen;
    private long clutterTaught;
    private int openings;

    Simulation(long seed) {
      this.random = new SplitMix(seed);
    }

    /** The share of guarded events among as many. */
    double run(int events, double clutter, double farness) {
      int guarded = 0;
      for (int i = 0; i < events; i++) {
        guarded += step(clutter, farness).teaches() ? 0 : 1;
      }
      return (double) guarded / events;
    }

    Verdict step(double clutter, double farness) {
      boolean foreign = random.nextDouble() < clutter;
      double surprisal = shift - Math.log1p(-random.nextDouble()) + (foreign ? farness : 0);
      Verdict verdict = guard.judge(pValues, surprisal);
      taught += verdict.teaches() ? 1 : 0;
      clutterSeen += foreign ? 1 : 0;
      clutterTaught += foreign && verdict.teaches() ? 1 : 0;
      if (verdict.calibrates()) {
        calibrator.add(surprisal);
      }
      if (guard.isOpen()) {
        openings++;
        guard.close();
        calibrator.reset();
        pValues = PValues.EMPTY;
      } else if (++seen % (WINDOW / 8) == 0 || (!guard.canJudgeBy(pValues) && seen % 500 == 0)) {
        pValues = calibrator.freeze();
      }
      return verdict;
    }

    /** Mass of the stream itself beyond the smallest surprisal that is guarded. */
    double nullShareAboveThreshold() {
      double low = 0;
      double high = 2000;
      for (int i = 0; i < 60; i++) {
        double middle = (low + high) / 2;
        if (pValues.pValue(middle) < LEVEL) {
          high = middle;
        } else {
          low = middle;
        }
      }
      return Math.exp(-(high - shift));
    }
  }
}
