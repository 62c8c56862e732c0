package io.chartflow.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TargetsTest {

  @Test
  void whatFallsShortIsTold() {
    assertThat(
            new Targets()
                .atMost("gap", 0.03, 0.031, 3)
                .atMost("distance", 0.01, 0.01, 2)
                .atLeast("gain", 1, -2, 1)
                .atLeast("nothing", 1, Double.NaN, 1))
        .asString()
        .contains("| gap | at most 0.030 | 0.031 | **no** |")
        .contains("| distance | at most 0.01 | 0.01 | yes |")
        .contains("| gain | at least 1.0 | −2.0 | **no** |")
        .contains("| nothing | at least 1.0 | – | **no** |");
  }

  @Test
  void withoutATargetThereIsNoSection() {
    assertThat(new Targets()).hasToString("");
  }
}
