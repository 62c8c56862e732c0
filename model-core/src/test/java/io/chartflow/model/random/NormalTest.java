package io.chartflow.model.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalTest {

  @ParameterizedTest
  @CsvSource({
    "0.5, 0",
    "0.25, -0.6744897501960817",
    "0.75, 0.6744897501960817",
    "0.975, 1.959963984540054",
    "0.001, -3.0902323061678132",
    "1e-10, -6.361340902404056",
    "1e-20, -9.262340089798408"
  })
  void quantilesAreThoseOfTheTables(double p, double z) {
    assertThat(Normal.quantile(p)).isCloseTo(z, offset(1e-14 * Math.max(1, Math.abs(z))));
  }

  @Test
  void quantilesRise() {
    double before = Double.NEGATIVE_INFINITY;
    for (int i = 1; i < 10_000; i++) {
      double z = Normal.quantile(i / 10_000.0);
      assertThat(z).isGreaterThan(before);
      before = z;
    }
  }

  @Test
  void theDensityOfQuantilesIsTheNormalDensity() {
    for (double p = 0.01; p < 1; p += 0.01) {
      double slope = (Normal.quantile(p + 1e-6) - Normal.quantile(p - 1e-6)) / 2e-6;
      double z = Normal.quantile(p);
      double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
      assertThat(slope * density).isCloseTo(1, offset(1e-6));
    }
  }

  @Test
  void quantilesAtTheEdgesOfDoublesAreFinite() {
    assertThat(Normal.quantile(Double.MIN_NORMAL)).isBetween(-38.0, -37.0);
    assertThat(Normal.quantile(Math.nextDown(1.0))).isBetween(8.0, 9.0);
  }
}
