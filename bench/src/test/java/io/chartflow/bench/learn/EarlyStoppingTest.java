package io.chartflow.bench.learn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EarlyStoppingTest {

  private static EarlyStopping after(double... validations) {
    EarlyStopping stopping = EarlyStopping.after(3);
    for (double each : validations) {
      stopping = stopping.next(each);
    }
    return stopping;
  }

  @Test
  void theBestEpochIsRemembered() {
    EarlyStopping stopping = after(-3, -1, -2);
    assertThat(stopping.bestEpoch()).isEqualTo(2);
    assertThat(stopping.best()).isEqualTo(-1);
    assertThat(stopping.improved()).isFalse();
    assertThat(stopping.isOver()).isFalse();
  }

  @Test
  void itIsOverAfterAsManyEpochsWithoutImprovementAsThePatience() {
    assertThat(after(-3, -1, -2, -2, -1).isOver()).isTrue();
    assertThat(after(-3, -1, -2, -2, -0.9).isOver()).isFalse();
  }

  @Test
  void aValidationThatIsNoNumberIsNoImprovement() {
    assertThat(after(-1, Double.NaN, Double.NaN, Double.NaN).isOver()).isTrue();
    assertThat(after(Double.NaN).improved()).isFalse();
  }
}
