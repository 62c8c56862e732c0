package io.chartflow.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudentTTest {

  /** The tables of every textbook. */
  @ParameterizedTest
  @CsvSource({
    "0.95, 1, 12.7062", "0.95, 2, 4.3027", "0.95, 3, 3.1824", "0.95, 4, 2.7764",
    "0.95, 9, 2.2622", "0.95, 30, 2.0423", "0.99, 4, 4.6041", "0.90, 5, 2.0150"
  })
  void quantilesAreThoseOfTheTables(double probability, int degrees, double t) {
    assertThat(StudentT.twoSided(probability, degrees)).isCloseTo(t, within(1e-4));
  }

  @Test
  void manyDegreesComeCloseToTheNormal() {
    assertThat(StudentT.twoSided(0.95, 100_000)).isCloseTo(1.95996, within(1e-4));
  }

  @Test
  void aProbabilityOfOneIsRefused() {
    assertThatThrownBy(() -> StudentT.twoSided(1, 4)).hasMessageContaining("got 1.0 and 4");
  }
}
