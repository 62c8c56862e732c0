package io.chartflow.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.chartflow.connect.config.ChartflowConfig;
import io.chartflow.connect.config.SchemaConfig;
import io.chartflow.model.config.TrainingConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShortRunTest {

  private static final ChartflowConfig BASE =
      ChartflowConfig.of("127.0.0.1:9092", SchemaConfig.ofNames("x", "y", "z"));

  @ParameterizedTest
  @ValueSource(longs = {5_000, 7_777, 20_000, 100_000, 500_000, 999_999})
  void atLeastThreeVersionsAreDueInARunOfThisLength(long events) {
    ChartflowConfig config = ShortRun.of(BASE, events, null).config();
    TrainingConfig training = config.model().training();
    long ready = training.standardiserEvents() + (training.flowDelay() + 1L) * training.batch();
    long first = Math.max(ready, config.publishing().everyEvents()) + training.batch();
    assertThat(first).isLessThan(events / 2);
    assertThat((events - first) / (config.publishing().everyEvents() + training.batch()))
        .isGreaterThanOrEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, ShortRun.LARGE, 10_000_000})
  void anEndlessOrLongRunKeepsTheDefaults(long events) {
    ShortRun run = ShortRun.of(BASE, events, null);
    assertThat(run.config()).isEqualTo(BASE);
    assertThat(run.changes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 10, 63, 100, 1_000})
  void evenATinyRunHasSettingsThatAreAllowed(long events) {
    assertThat(ShortRun.of(BASE, events, null).config().publishing().everyEvents()).isPositive();
  }

  @Test
  void everyChangeIsTold() {
    assertThat(ShortRun.of(BASE, 100_000, null).changes())
        .contains(
            "training.batch 512 → 256",
            "training.standardiserEvents 8192 → 2000",
            "publishing.everyEvents 50000 → 10000",
            "scoring.warmupEvents 100000 → 10000");
  }

  @Test
  void aBatchShowsEachChartAFewEvents() {
    ChartflowConfig config = ShortRun.of(BASE, 5_000, null).config();
    assertThat(config.model().training().batch()).isEqualTo(64);
    assertThat(config.model().charts().count()).isEqualTo(16);
  }

  @Test
  void theUsersNumberOfChartsIsKeptAndTheBatchFollowsIt() {
    ChartflowConfig config = ShortRun.of(BASE, 5_000, 100).config();
    assertThat(config.model().charts().count()).isEqualTo(100);
    assertThat(config.model().training().batch()).isEqualTo(100);
    assertThat(ShortRun.of(BASE, 5_000, 1).config().model().charts().m()).isEqualTo(1);
  }
}
