package io.chartflow.bench.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecoveryTest {

  @Test
  void recoveryEndsWithTheFirstWindowThatIsBackForGood() {
    Recovery recovery =
        Recovery.of(List.of(0.1, 0.1, 5.0, 1.0, 0.19, 0.3, 0.1, 0.15), 2, 1000, 0.1);
    assertThat(recovery.before()).isCloseTo(0.1, within(1e-12));
    assertThat(recovery.worst()).isEqualTo(5);
    assertThat(recovery.events()).isEqualTo(5000);
    assertThat(recovery.last()).isCloseTo((5 + 1 + 0.19 + 0.3 + 0.1 + 0.15) / 6, within(1e-12));
  }

  @Test
  void aChangeThatNobodyNoticesTakesOneWindow() {
    assertThat(Recovery.of(List.of(0.1, 0.1, 0.1), 1, 1000, 0.1).events()).isEqualTo(1000);
  }

  @Test
  void aLearnerThatNeverComesBackHasNoRecovery() {
    assertThat(Recovery.of(List.of(0.1, 3.0, 2.0), 1, 1000, 0.1).events()).isNaN();
  }

  @Test
  void windowsBeforeTheFirstScoreDoNotCount() {
    Recovery recovery = Recovery.of(List.of(Double.NaN, 0.2, 0.2), 2, 1000, 0.1);
    assertThat(recovery.before()).isEqualTo(0.2);
  }

  @Test
  void aChangeOutsideOfTheWindowsIsRefused() {
    assertThatThrownBy(() -> Recovery.of(List.of(0.1), 1, 1000, 0.1))
        .hasMessageContaining("the 1 windows, got one at 1");
  }
}
