package io.chartflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.random.SplitMix;
import io.chartflow.model.reference.DoubleAtlas;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Samples follow the density that scores them. */
class SamplingTest {

  private static final int COUNT = 6000;

  private static final Atlas ATLAS = Small.atlas(Small.trainedOnRing(Small.config(2), 900));

  static Stream<FlowKind> surfaces() {
    return Arrays.stream(FlowKind.values()).filter(FlowKind::embeds);
  }

  @ParameterizedTest
  @EnumSource(FlowKind.class)
  void samplesOfEveryKindFillThePlaneAsTheirDensitySays(FlowKind kind) {
    AtlasScorer scorer = new JvmEngine().scorer(kind.onPlane(), DensitySum.TRUNCATED);
    EventBatch samples = scorer.sample(COUNT, 13);

    Plane.integrate(scorer, Plane.COARSE).chiSquare(samples, 10).assertFits(40);
  }

  /** The full sum of a hard partition reaches over the borders that the truncated one keeps to. */
  @Test
  void samplesOfAnotherDensityAreToldApart() {
    Atlas hard = FlowKind.HARD_PARTITION.onPlane();
    EventBatch samples = new JvmEngine().scorer(hard, DensitySum.FULL).sample(COUNT, 13);
    AtlasScorer truncated = new JvmEngine().scorer(hard, DensitySum.TRUNCATED);
    ChiSquare test = Plane.integrate(truncated, Plane.COARSE).chiSquare(samples, 10);

    assertThat(test.statistic()).isGreaterThan(test.dof() + 8 * Math.sqrt(2.0 * test.dof()));
  }

  @ParameterizedTest
  @MethodSource("surfaces")
  void samplesOfEveryKindFillTheSphereAsTheirDensitySays(FlowKind kind) {
    AtlasScorer scorer = new JvmEngine().scorer(kind.onSphere(), DensitySum.TRUNCATED);
    EventBatch samples = scorer.sample(COUNT, 14);

    Sphere.chiSquare(scorer, samples, 12).assertFits(80);
  }

  @ParameterizedTest
  @EnumSource(
      value = DensitySum.class,
      names = {"TRUNCATED", "FULL"})
  void samplesHaveTheMeanLogDensityThatQuadratureGives(DensitySum sum) {
    AtlasScorer scorer = new JvmEngine().scorer(ATLAS, sum);
    Mean samples = Mean.of(Small.scores(scorer, scorer.sample(COUNT, 9)));

    assertThat(samples.mean)
        .isCloseTo(Plane.integrate(scorer, Plane.FINE).meanLog(), offset(3 * samples.error + 0.02));
  }

  @ParameterizedTest
  @EnumSource(
      value = DensitySum.class,
      names = {"TRUNCATED", "FULL"})
  void samplesHaveTheMeanLogDensityThatTheDataHave(DensitySum sum) {
    AtlasScorer scorer = new JvmEngine().scorer(ATLAS, sum);
    Mean samples = Mean.of(Small.scores(scorer, scorer.sample(COUNT, 10)));
    Mean data = Mean.of(Small.scores(scorer, Small.ring(COUNT, new SplitMix(11))));

    assertThat(samples.mean).isCloseTo(data.mean, offset(3 * (samples.error + data.error) + 0.05));
  }

  @Test
  void truncatedSamplesLieInTheChartsThatDrewThem() {
    int count = Network.TILE; // the first tile draws its charts first
    EventBatch samples = new JvmEngine().scorer(ATLAS, DensitySum.TRUNCATED).sample(count, 12);
    DoubleAtlas twin = new DoubleAtlas(ATLAS);
    SplitMix random = SplitMix.forStream(12, 4);
    double[] logPrior = twin.logPrior();
    for (int i = 0; i < count; i++) {
      int k = drawn(logPrior, random.nextDouble());
      double[] distances = twin.distances(samples.get(i, 0), samples.get(i, 1));
      double[] sorted = distances.clone();
      Arrays.sort(sorted);
      assertThat(distances[k]).as("sample %d of chart %d", i, k).isLessThan(1.1001 * sorted[1]);
    }
  }

  private static int drawn(double[] logPrior, double u) {
    double left = u;
    for (int k = 0; k < logPrior.length; k++) {
      left -= Math.exp(logPrior[k]);
      if (left < 0) {
        return k;
      }
    }
    return logPrior.length - 1;
  }

  private record Mean(double mean, double error) {

    static Mean of(ScoreBatch scores) {
      double[] values = new double[scores.size()];
      Arrays.setAll(values, scores::logDensity);
      double mean = Arrays.stream(values).average().orElseThrow();
      double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
      return new Mean(mean, Math.sqrt(squares) / values.length);
    }
  }
}
