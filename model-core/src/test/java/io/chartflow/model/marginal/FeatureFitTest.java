package io.chartflow.model.marginal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;
import static org.assertj.core.data.Percentage.withPercentage;

import io.chartflow.model.config.MarginalKind;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.online.RunningStandardiser;
import io.chartflow.model.online.Standardiser;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FeatureFitTest {

  @ParameterizedTest
  @EnumSource(
      names = {"NORMAL", "UNIFORM", "TEN_VALUES", "TWO_VALUES", "LARGE", "TINY", "TWO_CLUSTERS"})
  void ofAWellBehavedFeatureMeanAndSpreadAreThePlainOnes(Feature feature) {
    double[] values = feature.draw(4096, 41);
    RunningStandardiser plain = new RunningStandardiser(1);
    plain.update(values, values.length);
    Standardiser expected = plain.freeze();
    Standardiser fitted = fitted(values, 1, MarginalKind.NONE).standardiser();

    assertThat(fitted.scale().get(0)).isCloseTo(expected.scale().get(0), withPercentage(1e-9));
    assertThat(fitted.mean().get(0))
        .isCloseTo(
            expected.mean().get(0),
            offset(1e-12 * expected.scale().get(0) + 1e-12 * Math.abs(expected.mean().get(0))));
  }

  @Test
  void ofAnExponentialFeatureTheSpreadIsWithinTwoPercent() {
    for (int seed = 0; seed < 20; seed++) {
      double[] values = Feature.EXPONENTIAL.draw(4096, seed);
      RunningStandardiser plain = new RunningStandardiser(1);
      plain.update(values, values.length);

      assertThat(fitted(values, 1, MarginalKind.NONE).standardiser().scale().get(0))
          .isCloseTo(plain.freeze().scale().get(0), withPercentage(2));
    }
  }

  @Test
  void oneOutlierOfAnySizeAmongSixteenOrMoreIsLeftOut() {
    for (int n : new int[] {16, 50, 1000, 4096}) {
      double[] values = Feature.NORMAL.draw(n, 42);
      Standardiser without = fitted(values, 1, MarginalKind.NONE).standardiser();
      values[n / 2] = 1e100;
      Standardiser with = fitted(values, 1, MarginalKind.NONE).standardiser();

      assertThat(with.mean().get(0)).isCloseTo(without.mean().get(0), offset(4.0 * 2 / n));
      assertThat(with.scale().get(0))
          .isCloseTo(without.scale().get(0), withPercentage(150.0 / n + 1));
    }
  }

  @Test
  void heavyTailsKeepASaneSpread() {
    Standardiser fitted =
        fitted(Feature.CAUCHY.draw(4096, 43), 1, MarginalKind.NONE).standardiser();

    assertThat(fitted.scale().get(0)).isBetween(3.0, 30.0);
    assertThat(fitted.mean().get(0)).isBetween(-2.0, 2.0);
  }

  @Test
  void aRareValueIsNotTakenForAnError() {
    assertThat(
            fitted(Feature.RARELY_ONE.draw(4096, 44), 1, MarginalKind.NONE)
                .standardiser()
                .scale()
                .get(0))
        .isBetween(0.02, 0.08);
  }

  @Test
  void aConstantFeatureGetsTheFloor() {
    Standardiser fitted =
        fitted(Feature.CONSTANT.draw(100, 45), 1, MarginalKind.NONE).standardiser();

    assertThat(fitted.mean().get(0)).isEqualTo(42);
    assertThat(fitted.scale().get(0)).isEqualTo(1e-9 * 42);
  }

  @ParameterizedTest
  @EnumSource
  void everyFeatureComesOutFiniteAndWithinAFewSigma(Feature feature) {
    for (MarginalKind kind : MarginalKind.values()) {
      double[] fresh = feature.draw(4096, 46);
      FeatureMap map = fitted(feature.draw(4096, 47), 1, kind);
      Matrix out = Matrix.zeros(fresh.length, 1);
      double[] logDet = new double[fresh.length];
      map.apply(fresh, fresh.length, out, logDet);
      float[] sizes = out.data().clone();
      for (int i = 0; i < sizes.length; i++) {
        sizes[i] = Math.abs(sizes[i]);
      }
      Arrays.sort(sizes);

      assertThat(sizes[(int) (0.97 * sizes.length)]).as("%s", kind).isLessThan(5);
      assertThat(logDet).doesNotContain(Double.NaN);
      assertThat(Arrays.stream(logDet).allMatch(Double::isFinite)).isTrue();
    }
  }

  @Test
  void onASurfaceAllFeaturesShareOneSpread() {
    double[] values = Feature.NORMAL.draw(3000, 48);
    for (int i = 0; i < 1000; i++) {
      values[3 * i] *= 10;
    }
    FirstEvents first = new FirstEvents(3, 1);
    first.update(values, 1000);
    FeatureMap map = FeatureFit.fit(first, none(3), 2);
    RunningStandardiser plain = new RunningStandardiser(3);
    plain.update(values, 1000);
    double scale = map.standardiser().scale().get(0);

    assertThat(scale).isCloseTo(plain.freezeScalar().scale().get(0), withPercentage(1e-9));
    assertThat(map.standardiser().scale().get(1)).isEqualTo(scale);
    double[] logDet = new double[1];
    map.apply(values, 1, Matrix.zeros(1, 3), logDet);
    assertThat(logDet[0]).isCloseTo(-2 * Math.log(scale), offset(1e-12));
  }

  @Test
  void aFeatureABillionTimesLargerDoesNotDisturbTheOthers() {
    double[] small = Feature.NORMAL.draw(1000, 49);
    double[] large = Feature.LARGE.draw(1000, 50);
    double[] both = new double[2000];
    for (int i = 0; i < 1000; i++) {
      both[2 * i] = small[i];
      both[2 * i + 1] = large[i];
    }
    Standardiser alone = fitted(small, 1, MarginalKind.NONE).standardiser();
    Standardiser beside = fitted(both, 2, MarginalKind.NONE).standardiser();

    assertThat(beside.mean().get(0)).isEqualTo(alone.mean().get(0));
    assertThat(beside.scale().get(0)).isEqualTo(alone.scale().get(0));
    assertThat(beside.scale().get(1)).isCloseTo(1e9, withPercentage(10));
  }

  @Test
  void withoutEventsOrKindsNothingIsFitted() {
    FirstEvents first = new FirstEvents(2, 1);

    assertThatThrownBy(() -> FeatureFit.fit(first, none(2), 2))
        .hasMessage("a feature map needs at least one event and 2 transforms, got 0 and 2");
    first.update(new double[] {1, 2}, 1);
    assertThatThrownBy(() -> FeatureFit.fit(first, none(1), 2)).hasMessageEndingWith("got 1 and 1");
  }

  private static FeatureMap fitted(double[] values, int dimension, MarginalKind kind) {
    FirstEvents first = new FirstEvents(dimension, 1);
    first.update(values, values.length / dimension);
    return FeatureFit.fit(first, Collections.nCopies(dimension, kind), dimension);
  }

  private static List<MarginalKind> none(int dimension) {
    return Collections.nCopies(dimension, MarginalKind.NONE);
  }
}
