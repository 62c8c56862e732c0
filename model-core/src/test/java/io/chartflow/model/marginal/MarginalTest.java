package io.chartflow.model.marginal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.chartflow.model.config.MarginalKind;
import io.chartflow.model.linalg.Doubles;
import io.chartflow.model.random.Normal;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The laws of every transform, on every kind of feature. */
class MarginalTest {

  private static final double[] FAR = {0, 1e-300, 1e-12, 1, 1e6, 1e12, 1e100, 1e300};

  static Stream<Arguments> fits() {
    return Arrays.stream(MarginalKind.values())
        .flatMap(
            kind -> Arrays.stream(Feature.values()).map(feature -> Arguments.of(kind, feature)));
  }

  /** A difference of 1e-9 at a million is some eight steps of a double: too few for a slope. */
  static Stream<Arguments> resolvedFits() {
    return fits().filter(fit -> fit.get()[1] != Feature.NEARLY_CONSTANT);
  }

  private static Marginal fit(MarginalKind kind, Feature feature) {
    return MarginalFit.fit(kind, feature.sorted(4096, 31));
  }

  @ParameterizedTest
  @MethodSource("fits")
  void itRisesStrictlyOverTheData(MarginalKind kind, Feature feature) {
    Marginal marginal = fit(kind, feature);
    double[] values = Arrays.stream(feature.sorted(4096, 32)).distinct().toArray();
    double scale = Spread.core(feature.sorted(4096, 31));
    for (int i = 1; i < values.length; i++) {
      double rise = marginal.apply(values[i]) - marginal.apply(values[i - 1]);
      assertThat(rise).isGreaterThanOrEqualTo(0);
      if (values[i] - values[i - 1] > 1e-6 * scale) {
        assertThat(rise).as("from %s to %s", values[i - 1], values[i]).isPositive();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("fits")
  void invertUndoesApply(MarginalKind kind, Feature feature) {
    Marginal marginal = fit(kind, feature);
    for (double x : feature.draw(1000, 33)) {
      double y = marginal.apply(x);
      double lost = Math.ulp(y) / Math.exp(marginal.logDerivative(x)); // by rounding y
      assertThat(marginal.invert(y))
          .isCloseTo(x, offset(1e3 * lost + 1e-12 * Math.abs(x) + Double.MIN_NORMAL));
    }
  }

  @ParameterizedTest
  @MethodSource("resolvedFits")
  void theLogDerivativeIsThatOfTheMap(MarginalKind kind, Feature feature) {
    Marginal marginal = fit(kind, feature);
    double[] sorted = feature.sorted(4096, 31);
    double scale = Spread.core(sorted);
    for (double p : new double[] {0.001, 0.02, 0.1, 0.26, 0.51, 0.77, 0.9, 0.98, 0.999}) {
      double at = sorted[(int) (p * sorted.length)] + 0.0123 * scale;
      double step = 1e-7 * scale + 1e-9 * Math.abs(at);
      double slope = (marginal.apply(at + step) - marginal.apply(at - step)) / (2 * step);
      double beside =
          Math.abs(marginal.logDerivative(at + step) - marginal.logDerivative(at - step));
      assertThat(Math.log(slope)).isCloseTo(marginal.logDerivative(at), offset(1e-4 + beside));
    }
  }

  @ParameterizedTest
  @MethodSource("fits")
  void everyFiniteNumberHasAFiniteResult(MarginalKind kind, Feature feature) {
    Marginal marginal = fit(kind, feature);
    for (double size : FAR) {
      for (double x : new double[] {size, -size, size * 1.7}) {
        assertThat(marginal.apply(x)).isFinite();
        assertThat(marginal.logDerivative(x)).isFinite();
        assertThat(marginal.invert(x)).isFinite();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("fits")
  void itsParametersMakeItAgain(MarginalKind kind, Feature feature) {
    Marginal marginal = fit(kind, feature);

    assertThat(marginal.kind()).isEqualTo(kind);
    assertThat(Marginal.of(kind, marginal.parameters())).isEqualTo(marginal);
  }

  @Test
  void asinhOfAThousandSigmasIsWhatTheFormulaSays() {
    AsinhMarginal marginal = new AsinhMarginal(5, 2);

    assertThat(marginal.apply(5)).isZero();
    assertThat(marginal.apply(7)).isCloseTo(Math.log(1 + Math.sqrt(2)), offset(1e-15));
    assertThat(marginal.apply(2005)).isCloseTo(Math.log(1000 + Math.sqrt(1e6 + 1)), offset(1e-14));
    assertThat(marginal.apply(-1995)).isEqualTo(-marginal.apply(2005));
    assertThat(marginal.logDerivative(5)).isEqualTo(-Math.log(2));
    assertThat(marginal.apply(5 + 1e-14)).isCloseTo(5e-15, offset(1e-15));
  }

  @ParameterizedTest
  @EnumSource(names = {"NORMAL", "UNIFORM", "EXPONENTIAL", "CAUCHY", "LOG_NORMAL", "LARGE", "TINY"})
  void aSplineMakesAContinuousFeatureNormal(Feature feature) {
    Marginal marginal = fit(MarginalKind.SPLINE, feature);
    double[] fresh = feature.draw(50_000, 34);
    double[] y = Arrays.stream(fresh).map(marginal::apply).sorted().toArray();
    for (double p : new double[] {0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99}) {
      assertThat(y[(int) (p * y.length)])
          .as("quantile %s", p)
          .isCloseTo(Normal.quantile(p), offset(0.12));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CAUCHY", "LOG_NORMAL"})
  void theTailsOfASplineAreAsHeavyAsTheData(Feature feature) {
    double[] largest = new double[20];
    for (int seed = 0; seed < largest.length; seed++) {
      Marginal marginal = MarginalFit.fit(MarginalKind.SPLINE, feature.sorted(4096, 100 + seed));
      for (double x : feature.draw(100_000, 200 + seed)) {
        largest[seed] = Math.max(largest[seed], Math.abs(marginal.apply(x)));
      }
    }
    Arrays.sort(largest);

    assertThat(largest[10]).as("4.4 in the mean of normal numbers").isBetween(3.5, 5.5);
    assertThat(largest[19]).as("with a line it is above 100").isLessThan(10);
  }

  @Test
  void aSplineGivesEachOfTenValuesItsScore() {
    Marginal marginal = fit(MarginalKind.SPLINE, Feature.TEN_VALUES);
    for (int value = 0; value < 10; value++) {
      assertThat(marginal.apply(value)).isCloseTo(Normal.quantile((value + 0.5) / 10), offset(0.1));
    }
    assertThat(marginal.apply(-1)).isBetween(-4.0, -1.7);
  }

  @Test
  void aConstantFeatureGetsALine() {
    for (MarginalKind kind : MarginalKind.values()) {
      Marginal marginal = fit(kind, Feature.CONSTANT);
      assertThat(marginal.apply(43) - marginal.apply(42)).isBetween(0.02, 1.0);
      assertThat(marginal.apply(42)).isIn(0.0, 42.0);
    }
  }

  @Test
  void anOutlierDoesNotSetTheScaleOfTheRest() {
    for (MarginalKind kind : new MarginalKind[] {MarginalKind.ASINH, MarginalKind.SPLINE}) {
      Marginal marginal = fit(kind, Feature.ONE_OUTLIER);
      assertThat(marginal.apply(1) - marginal.apply(-1)).isBetween(1.5, 2.5);
    }
  }

  @Test
  void parametersOfNoMarginalAreRefused() {
    assertThatThrownBy(() -> Marginal.of(MarginalKind.NONE, doubles(1)))
        .hasMessage("no transform has no parameters, got 1");
    assertThatThrownBy(() -> Marginal.of(MarginalKind.ASINH, doubles(1)))
        .hasMessage("asinh has 2 parameters, centre and scale, got 1");
    assertThatThrownBy(() -> Marginal.of(MarginalKind.ASINH, doubles(1, 0)))
        .hasMessage("asinh needs a finite centre and a finite scale above 0, got 1.0 and 0.0");
    assertThatThrownBy(() -> Marginal.of(MarginalKind.SPLINE, doubles(1, 2)))
        .hasMessage("a spline has 3 parameters a knot and 2 for its tails, got 2");
    assertThatThrownBy(() -> Marginal.of(MarginalKind.SPLINE, doubles(0, 1, 1, 1, 1, 1, 0, 0)))
        .hasMessageEndingWith("got knot 1 at 1.0, 1.0 with slope 1.0");
    assertThatThrownBy(() -> Marginal.of(MarginalKind.SPLINE, doubles(0, Double.NaN, 1, 0, 0)))
        .hasMessageEndingWith("got knot 0 at 0.0, NaN with slope 1.0");
    assertThatThrownBy(() -> Marginal.of(MarginalKind.SPLINE, doubles(0, 0, 1, 0, -1)))
        .hasMessage("a spline's tails need two bends from 0 to 16.0, got [0.0, -1.0]");
  }

  private static Doubles doubles(double... values) {
    return Doubles.copyOf(values);
  }
}
