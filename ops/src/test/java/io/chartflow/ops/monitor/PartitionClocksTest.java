package io.chartflow.ops.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PartitionClocksTest {

  private static final long SETTLE = 5_000;
  private static final long END = 15_000;
  private static final long GONE = 60_000;

  private final PartitionClocks clocks = new PartitionClocks(SETTLE, END, GONE, 0);

  @Test
  void theStreamIsAsFarAsItsSlowestPartition() {
    clocks.heard(0, 100, 6_000);
    clocks.heard(1, 40, 6_000);

    assertThat(clocks.streamTime(6_000)).isEqualTo(40);
    clocks.heard(1, 200, 7_000);
    assertThat(clocks.streamTime(7_000)).isEqualTo(100);
  }

  @Test
  void anIdlePartitionHoldsNobodyUp() {
    clocks.heard(0, 100, 6_000);
    clocks.heard(1, 40, 6_000);
    clocks.idle(1, 40, 11_000);

    assertThat(clocks.streamTime(11_000)).isEqualTo(100);
    clocks.heard(1, 130, 12_000);
    clocks.heard(0, 300, 12_000);
    assertThat(clocks.streamTime(12_000)).isEqualTo(130);
  }

  @Test
  void aBusyPartitionThatIsSilentIsWaitedForAndNotForEver() {
    clocks.heard(1, 40, 6_000);
    clocks.heard(0, 300, 65_000);

    assertThat(clocks.streamTime(65_999)).isEqualTo(40);
    assertThat(clocks.streamTime(66_000)).isEqualTo(300);
  }

  @Test
  void timeNeverFallsWhenASlowPartitionComesBack() {
    clocks.heard(0, 300, 6_000);
    assertThat(clocks.streamTime(6_000)).isEqualTo(300);

    clocks.heard(1, 40, 7_000);
    assertThat(clocks.streamTime(7_000)).isEqualTo(300);
    assertThat(clocks.time(1)).isEqualTo(40);
  }

  @Test
  void nothingClosesUntilEveryPartitionHadTheChanceToSpeak() {
    clocks.heard(0, 1_000_000, 100);

    assertThat(clocks.streamTime(SETTLE - 1)).isNegative();
    clocks.heard(1, 7, 4_000);
    assertThat(clocks.streamTime(SETTLE)).isEqualTo(7);
  }

  @Test
  void aStreamWhosePartitionsAreAllIdleEndsAndMayGoOn() {
    clocks.heard(0, 100, 6_000);
    clocks.idle(0, 100, 11_000);

    assertThat(clocks.streamTime(6_000 + END - 1)).isEqualTo(-1);
    assertThat(clocks.streamTime(6_000 + END)).isEqualTo(PartitionClocks.ENDED);
    clocks.heard(0, 200, 6_001 + END);
    assertThat(clocks.streamTime(6_001 + END)).isEqualTo(200);
  }

  @Test
  void aStreamWithABusyPartitionHasNotEndedHoweverLongItIsSilent() {
    clocks.heard(0, 100, 6_000);
    clocks.heard(1, 50, 6_000);
    clocks.idle(0, 100, 11_000);

    assertThat(clocks.streamTime(6_000 + 3 * END)).isEqualTo(50);
  }
}
