package io.chartflow.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NowAndThenTest {

  private final NowAndThen lines = new NowAndThen(1_000);

  @Test
  void theFirstIsTold() {
    assertThat(lines.untoldAt(-5)).isOne();
  }

  @Test
  void whatIsNotToldIsCounted() {
    lines.untoldAt(0);
    assertThat(lines.untoldAt(500)).isZero();
    assertThat(lines.untoldAt(999)).isZero();

    assertThat(lines.untoldAt(1_000)).isEqualTo(3);
    assertThat(lines.untoldAt(1_001)).isZero();
  }
}
