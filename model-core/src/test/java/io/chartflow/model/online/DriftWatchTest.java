package io.chartflow.model.online;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.model.online.DriftWatch.DriftState;
import io.chartflow.model.random.SplitMix;
import org.junit.jupiter.api.Test;

class DriftWatchTest {

  private static final double THRESHOLD = 8;

  private final SplitMix random = new SplitMix(12);

  @Test
  void aStreamThatStaysIsNoDriftOverAHundredThousandBatches() {
    DriftWatch watch = new DriftWatch();
    for (int i = 0; i < 100_000; i++) {
      watch.add(-2 + 0.05 * random.nextGaussian(), 0.1 * Math.exp(0.1 * gaussian()));
      assertThat(watch.isDrift(THRESHOLD)).as("batch %d", i).isFalse();
    }
  }

  @Test
  void aFallOfSixDeviationsIsNoticedWithinFiveBatches() {
    DriftWatch watch = stationary(500);
    int batches = 0;
    while (!watch.isDrift(THRESHOLD)) {
      watch.add(-2.3 + 0.05 * random.nextGaussian(), 0.1);
      batches++;
    }
    assertThat(batches).isBetween(2, 5);
  }

  @Test
  void aReconstructionThatGetsWorseIsNoticedToo() {
    DriftWatch watch = stationary(500);
    for (int i = 0; i < 5; i++) {
      watch.add(-2, 0.3);
    }
    assertThat(watch.isDrift(THRESHOLD)).isTrue();
  }

  @Test
  void oneBatchHoweverBadIsNotEnough() {
    DriftWatch watch = stationary(500);
    watch.add(-1e6, 1e6);

    assertThat(watch.isDrift(THRESHOLD)).isFalse();
    for (int i = 0; i < 50; i++) {
      watch.add(-2 + 0.05 * random.nextGaussian(), 0.1 * Math.exp(0.1 * gaussian()));
      assertThat(watch.isDrift(THRESHOLD)).isFalse();
    }
  }

  @Test
  void aModelThatImprovesIsNoDrift() {
    DriftWatch watch = new DriftWatch();
    for (int i = 0; i < 2000; i++) {
      double learned = -2 - 3 * Math.exp(-i / 200.0);
      watch.add(learned + 0.05 * random.nextGaussian(), 0.1 + Math.exp(-i / 100.0));
      assertThat(watch.isDrift(THRESHOLD)).isFalse();
    }
  }

  @Test
  void figuresThatAreNoNumbersChangeNothingAndAThresholdOfZeroNeverOpens() {
    DriftWatch watch = stationary(100);

    DriftState before = watch.state();
    watch.add(Double.NaN, 0.1);
    assertThat(watch.state()).isEqualTo(before);
    for (int i = 0; i < 20; i++) {
      watch.add(-50, 10);
    }
    assertThat(watch.isDrift(THRESHOLD)).isTrue();
    assertThat(watch.isDrift(0)).isFalse();
  }

  @Test
  void goesOnFromItsState() {
    DriftWatch watch = stationary(100);
    DriftWatch other = new DriftWatch(watch.state());

    assertThat(other.state()).isEqualTo(watch.state());
    watch.add(-2.1, 0.12);
    other.add(-2.1, 0.12);
    assertThat(other.state()).isEqualTo(watch.state());
  }

  private DriftWatch stationary(int batches) {
    DriftWatch watch = new DriftWatch();
    for (int i = 0; i < batches; i++) {
      watch.add(-2 + 0.05 * random.nextGaussian(), 0.1 * Math.exp(0.1 * gaussian()));
    }
    return watch;
  }

  private double gaussian() {
    return random.nextGaussian();
  }
}
