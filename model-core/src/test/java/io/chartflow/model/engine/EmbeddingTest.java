package io.chartflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.random.SplitMix;
import io.chartflow.model.reference.DoubleAtlas;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Charts of two dimensions on a sphere in three. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddingTest {

  private static final int TESTED = 2000;

  private final JvmEngine engine = new JvmEngine();
  private final EventBatch fresh = Sphere.events(TESTED, new SplitMix(801));
  private final Atlas atlas = FlowKind.COUPLING.onSphere();

  @Test
  void theFullSumIntegratesToOneOverTheSphere() {
    assertThat(Sphere.integrate(engine.scorer(atlas, DensitySum.FULL))).isCloseTo(1, offset(0.01));
  }

  @Test
  void theDensityIsNearThatOfTheEvents() {
    ScoreBatch scores = Small.scores(engine.scorer(atlas, DensitySum.TRUNCATED), fresh);
    double mean = 0;
    double truth = 0;
    for (int i = 0; i < TESTED; i++) {
      mean += scores.logDensity(i) / TESTED;
      truth += Sphere.logDensity(fresh, i) / TESTED;
    }
    assertThat(mean).isCloseTo(truth, offset(0.05));
  }

  @Test
  void anEventOfTheSphereIsNearTheSurfaceAndOneOffItIsAsFarAsItIs() {
    AtlasScorer scorer = engine.scorer(atlas, DensitySum.TRUNCATED);
    assertThat(median(Small.scores(scorer, fresh))).isLessThan(0.02);
    EventBatch lifted = new EventBatch(TESTED, 3);
    for (int i = 0; i < TESTED; i++) {
      lifted.add(Sphere.scaled(fresh, i, 1.1), 0);
    }
    double expected = 0.1 * Sphere.RADIUS;
    assertThat(median(Small.scores(scorer, lifted))).isCloseTo(expected, offset(0.03));
  }

  private static double median(ScoreBatch scores) {
    double[] distances = new double[scores.size()];
    for (int i = 0; i < distances.length; i++) {
      distances[i] = scores.offManifoldDistance(i);
    }
    Arrays.sort(distances);
    return distances[distances.length / 2];
  }

  @ParameterizedTest
  @EnumSource(DensitySum.class)
  void scoresAreThoseOfTheDoubleTwin(DensitySum sum) {
    ScoreBatch scores = Small.scores(engine.scorer(atlas, sum), fresh);
    DoubleAtlas twin = new DoubleAtlas(atlas);
    for (int i = 0; i < 200; i++) {
      double[] x = {fresh.get(i, 0), fresh.get(i, 1), fresh.get(i, 2)};
      double expected = twin.logDensity(sum, x);
      assertThat(scores.logDensity(i))
          .as("event %d", i)
          .isCloseTo(expected, offset(1e-4 * Math.max(1, Math.abs(expected))));
      double squared = twin.latent(scores.chart(i), x)[2];
      double distance = atlas.standardiser().scale().get(0) * Math.sqrt(squared);
      assertThat((double) scores.offManifoldDistance(i)).isCloseTo(distance, offset(1e-4));
    }
  }

  @Test
  void thereIsOneUnitForAllFeatures() {
    assertThat(atlas.standardiser().scale().get(1)).isEqualTo(atlas.standardiser().scale().get(0));
    assertThat(atlas.standardiser().scale().get(2)).isEqualTo(atlas.standardiser().scale().get(0));
  }

  @Test
  void samplesLieOnTheSphereAndAreAsProbableAsTheEvents() {
    AtlasScorer scorer = engine.scorer(atlas, DensitySum.TRUNCATED);
    EventBatch samples = scorer.sample(TESTED, 5);
    double off = 0;
    for (int i = 0; i < TESTED; i++) {
      off += Sphere.distance(samples.get(i, 0), samples.get(i, 1), samples.get(i, 2)) / TESTED;
    }
    assertThat(off).isLessThan(0.03);
    assertThat(mean(Small.scores(scorer, samples)))
        .isCloseTo(mean(Small.scores(scorer, fresh)), offset(0.1));
  }

  private static double mean(ScoreBatch scores) {
    double sum = 0;
    for (int i = 0; i < scores.size(); i++) {
      sum += scores.logDensity(i) / scores.size();
    }
    return sum;
  }

  @Test
  void aLatentHasTwoFeatures() {
    AtlasScorer scorer = engine.scorer(atlas, DensitySum.TRUNCATED);
    double[] latents = new double[2 * TESTED];
    scorer.infer(fresh, Inference.MOST_PROBABLE, 0, latents);
    ScoreBatch scores = Small.scores(scorer, fresh);
    DoubleAtlas twin = new DoubleAtlas(atlas);
    for (int i = 0; i < 100; i++) {
      double[] z = twin.latent(scores.chart(i), fresh.get(i, 0), fresh.get(i, 1), fresh.get(i, 2));
      assertThat(latents[2 * i]).isCloseTo(z[0], offset(5e-3));
      assertThat(latents[2 * i + 1]).isCloseTo(z[1], offset(5e-3));
    }
  }

  @Test
  void latentsOfTheBallAreUniformInIt() {
    Atlas onBall = FlowKind.BALL.onSphere();
    AtlasScorer scorer = engine.scorer(onBall, DensitySum.TRUNCATED);
    double[] latents = new double[2 * TESTED];
    scorer.infer(fresh, Inference.SAMPLED, 3, latents);
    double squares = 0;
    for (int i = 0; i < TESTED; i++) {
      double square = Math.pow(latents[2 * i], 2) + Math.pow(latents[2 * i + 1], 2);
      assertThat(square).isLessThan(1);
      squares += square / TESTED;
    }
    assertThat(squares).isCloseTo(0.5, offset(0.05)); // of uniform points of the disc
  }

  @Test
  void aRestoredLearnerGoesOnWithTheSameBits() {
    AtlasTrainer first = FlowKind.trainedOnSphere(FlowKind.COUPLING.sphere(), 60);
    AtlasTrainer second = new JvmEngine().trainer(first.snapshot());
    EventBatch batch = Sphere.events(Small.BATCH, new SplitMix(802));
    first.train(batch);
    second.train(batch);

    assertThat(second.snapshot()).isEqualTo(first.snapshot());
  }

  @Test
  void eventsFarFromEverythingStayFinite() {
    AtlasScorer scorer = engine.scorer(atlas, DensitySum.TRUNCATED);
    EventBatch far = new EventBatch(22, 3);
    for (int exponent = -5; exponent <= 5; exponent++) {
      double r = Math.pow(10, exponent);
      far.add(new double[] {r, -r, 2 * r}, 0);
      far.add(new double[] {-3 * r, 0, r}, 0);
    }
    ScoreBatch scores = Small.scores(scorer, far);
    for (int i = 0; i < scores.size(); i++) {
      assertThat(scores.logDensity(i)).isFinite();
      assertThat(scores.offManifoldDistance(i)).isFinite();
    }
  }
}
