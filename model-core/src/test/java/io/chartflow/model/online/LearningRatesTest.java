package io.chartflow.model.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.chartflow.model.config.TrainingConfig;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LearningRatesTest {

  private static final TrainingConfig CONFIG =
      new TrainingConfig(512, 8192, 4e-3, 100, 0.998, 5.0, 1e-3, 50, 0.02, 40);
  private static final TrainingConfig CONSTANT =
      new TrainingConfig(512, 8192, 4e-3, 0, 0, 5.0, 1e-3, 0, 0.02, 0);

  @Test
  void theFlowsRateFallsAsTheRootOfTheStep() {
    assertThat(LearningRates.flow(CONFIG, 0)).isEqualTo(4e-3);
    assertThat(LearningRates.flow(CONFIG, 300)).isCloseTo(2e-3, offset(1e-12));
    assertThat(LearningRates.flow(CONFIG, 9900)).isCloseTo(4e-4, offset(1e-12));
  }

  @Test
  void theChartsRateHoldsThenFallsThenRestsOnItsFloor() {
    assertThat(LearningRates.charts(CONFIG, 0)).isEqualTo(1e-3);
    assertThat(LearningRates.charts(CONFIG, 50)).isEqualTo(1e-3);
    assertThat(LearningRates.charts(CONFIG, 100)).isCloseTo(5e-4, offset(1e-12));
    assertThat(LearningRates.charts(CONFIG, 200)).isCloseTo(1e-4, offset(1e-12));
    assertThat(LearningRates.charts(CONFIG, 1_000_000)).isCloseTo(2e-5, offset(1e-12));
  }

  @Test
  void zeroTimeScalesKeepTheRatesConstant() {
    assertThat(LearningRates.flow(CONSTANT, 1_000_000)).isEqualTo(4e-3);
    assertThat(LearningRates.charts(CONSTANT, 1_000_000)).isEqualTo(1e-3);
    assertThat(LearningRates.average(CONSTANT, 1_000_000)).isZero();
  }

  @Test
  void theAverageIsShortWhileTheWeightsAreYoung() {
    assertThat(LearningRates.average(CONFIG, 0)).isEqualTo(0.1);
    assertThat(LearningRates.average(CONFIG, 90)).isCloseTo(0.91, offset(1e-12));
    assertThat(LearningRates.average(CONFIG, 1_000_000)).isEqualTo(0.998);
  }

  @Test
  void codesStartAfreshAtTheQuartersOfTheFlowsDelay() {
    assertThat(restarts(CONFIG)).containsExactly(0, 10, 20, 30);
    assertThat(restarts(CONSTANT)).containsExactly(0);
  }

  @Test
  void anOpeningPlacesTheCodesOnceMore() {
    assertThat(LearningRates.opened(CONFIG)).isEqualTo(30);
    assertThat(LearningRates.opened(CONSTANT)).isEqualTo(1);
  }

  @Test
  void theMassIsMeasuredMoreOftenWhileFlowsChangeFast() {
    assertThat(LearningRates.massPeriod(0)).isEqualTo(16);
    assertThat(LearningRates.massPeriod(512)).isEqualTo(64);
    assertThat(LearningRates.massPeriod(4096)).isEqualTo(256);
  }

  @Test
  void everyChartsMassIsMeasuredOnceInAPeriod() {
    for (int charts : new int[] {1, 7, 64, 1000}) {
      for (long begin : new long[] {16, 480, 512, 2048, 7936}) {
        long next = begin;
        for (int k = 0; k < charts; k = LearningRates.endMeasured(next++, charts)) {
          assertThat(LearningRates.firstMeasured(next, charts)).isEqualTo(k);
        }
        assertThat(next - begin).isLessThanOrEqualTo(LearningRates.massPeriod(begin));
      }
    }
  }

  @Test
  void theFirstStepMeasuresAll() {
    assertThat(LearningRates.firstMeasured(0, 7)).isEqualTo(0);
    assertThat(LearningRates.endMeasured(0, 7)).isEqualTo(7);
  }

  private static long[] restarts(TrainingConfig config) {
    return LongStream.range(0, 100)
        .filter(step -> LearningRates.restartsCodes(config, step))
        .toArray();
  }

  @Test
  void aMovingMeanForgetsTwoPercentAStep() {
    MovingMean mean = new MovingMean();

    assertThat(mean.value()).isNaN();
    mean.add(1);
    assertThat(mean.value()).isEqualTo(1);
    mean.add(3);
    assertThat(mean.value()).isCloseTo((0.98 + 3) / 1.98, offset(1e-12));
    assertThat(new MovingMean(mean.state()).value()).isEqualTo(mean.value());
  }
}
