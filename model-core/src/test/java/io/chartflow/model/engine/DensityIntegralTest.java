package io.chartflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.chartflow.model.atlas.Atlas;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The truncated and the full sum are densities, whatever the flow is made of: over the plane to
 * ±0.005, over the sphere to ±0.01. What is left on the plane is the error of the estimated {@code
 * Z_k}; on the sphere it is mostly that a chart's surface leans against the sphere, so that the
 * sphere's area is larger than that of its projection, in the full sum as well.
 */
class DensityIntegralTest {

  private final JvmEngine engine = new JvmEngine();

  static Stream<FlowKind> surfaces() {
    return Arrays.stream(FlowKind.values()).filter(FlowKind::embeds);
  }

  @ParameterizedTest
  @EnumSource(FlowKind.class)
  void theTruncatedSumIntegratesToOneOverThePlane(FlowKind kind) {
    assertThat(mass(kind.onPlane(), DensitySum.TRUNCATED, Plane.FINE)).isCloseTo(1, offset(0.005));
  }

  @ParameterizedTest
  @EnumSource(FlowKind.class)
  void theFullSumIntegratesToOneOverThePlane(FlowKind kind) {
    assertThat(mass(kind.onPlane(), DensitySum.FULL, Plane.COARSE)).isCloseTo(1, offset(0.002));
  }

  @ParameterizedTest
  @EnumSource(FlowKind.class)
  void theRestrictedSumIntegratesToTheMeanOfZ(FlowKind kind) {
    Atlas atlas = kind.onPlane();
    assertThat(mass(atlas, DensitySum.RESTRICTED, Plane.COARSE))
        .isCloseTo(atlas.meanZ(), offset(0.005));
    assertThat(atlas.meanZ()).isBetween(0.5, 1.0);
    assertThat(atlas.meanZError()).isBetween(1e-6, 0.01);
  }

  /** Two thirds of the density of a flow that has hardly learned lie outside of its charts. */
  @Test
  void flowsThatHaveJustBegunIntegrateToOneToo() {
    Atlas early = Small.atlas(Small.trainedOnRing(FlowKind.ALL_LAYERS.plane(), 60));
    assertThat(early.meanZ()).isLessThan(0.5);
    assertThat(mass(early, DensitySum.TRUNCATED, Plane.FINE)).isCloseTo(1, offset(0.005));
  }

  @ParameterizedTest
  @MethodSource("surfaces")
  void theTruncatedSumIntegratesToOneOverTheSphere(FlowKind kind) {
    AtlasScorer scorer = engine.scorer(kind.onSphere(), DensitySum.TRUNCATED);
    assertThat(Sphere.integrate(scorer)).isCloseTo(1, offset(0.01));
  }

  private double mass(Atlas atlas, DensitySum sum, int cells) {
    return Plane.integrate(engine.scorer(atlas, sum), cells).mass();
  }
}
