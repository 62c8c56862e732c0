package io.chartflow.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SpeedTest {

  @Test
  void theSteadySpeedIsThatOfTheSecondHalf() {
    Speed speed = new Speed();
    for (int second = 0; second <= 10; second++) {
      speed.add(Duration.ofSeconds(second), second * 50L, 1000);
    }
    for (int second = 11; second <= 15; second++) {
      speed.add(Duration.ofSeconds(second), 500 + (second - 10) * 100L, 1000);
    }
    assertThat(speed.steady()).isCloseTo(100, within(1e-9));
    assertThat(speed.recent()).isBetween(75.0, 100.0);
  }

  @Test
  void anEndlessRunHasNoSteadySpeed() {
    Speed speed = new Speed();
    speed.add(Duration.ZERO, 0, 0);
    speed.add(Duration.ofSeconds(1), 10, 0);
    assertThat(speed.steady()).isNaN();
    assertThat(speed.recent()).isCloseTo(10, within(1e-9));
  }
}
