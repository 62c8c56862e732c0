package io.chartflow.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.chartflow.model.atlas.Atlas;
import io.chartflow.model.random.SplitMix;
import io.chartflow.model.reference.DoubleAtlas;
import org.junit.jupiter.api.Test;

/** The three ways from an event to a latent vector. */
class InferenceTest {

  private static final int EVENTS = 200;

  private static final Atlas ATLAS = Small.atlas(Small.trainedOnRing(Small.config(2), 120));

  private final AtlasScorer scorer = new JvmEngine().scorer(ATLAS, DensitySum.TRUNCATED);
  private final DoubleAtlas twin = new DoubleAtlas(ATLAS);
  private final EventBatch events = Small.ring(EVENTS, new SplitMix(701));

  @Test
  void theMeanIsThePosteriorsMeanOfTheLatents() {
    double[] latents = infer(events, Inference.MEAN, 0);
    for (int i = 0; i < EVENTS; i++) {
      double[] x = {events.get(i, 0), events.get(i, 1)};
      double[] posterior = twin.posterior(DensitySum.TRUNCATED, x);
      double[] mean = new double[2];
      for (int k = 0; k < posterior.length; k++) {
        double[] z = twin.latent(k, x);
        mean[0] += posterior[k] * z[0];
        mean[1] += posterior[k] * z[1];
      }
      assertThat(latents[2 * i]).isCloseTo(mean[0], offset(5e-3));
      assertThat(latents[2 * i + 1]).isCloseTo(mean[1], offset(5e-3));
    }
  }

  @Test
  void theMostProbableIsTheLatentOfTheScoresChart() {
    double[] latents = infer(events, Inference.MOST_PROBABLE, 0);
    ScoreBatch scores = Small.scores(scorer, events);
    for (int i = 0; i < EVENTS; i++) {
      double[] z = twin.latent(scores.chart(i), events.get(i, 0), events.get(i, 1));
      assertThat(latents[2 * i]).isCloseTo(z[0], offset(5e-3));
      assertThat(latents[2 * i + 1]).isCloseTo(z[1], offset(5e-3));
    }
  }

  @Test
  void theSampledIsOneOfTheLatentsAsOftenAsThePosteriorSays() {
    int undecided = mostUndecided(Small.scores(scorer, events));
    double[] x = {events.get(undecided, 0), events.get(undecided, 1)};
    int draws = 4000;
    EventBatch same = new EventBatch(draws, 2);
    for (int i = 0; i < draws; i++) {
      same.add(x, 0);
    }
    double[] latents = infer(same, Inference.SAMPLED, 5);
    double[] posterior = twin.posterior(DensitySum.TRUNCATED, x);
    int[] hits = new int[posterior.length];
    for (int i = 0; i < draws; i++) {
      hits[nearest(x, latents[2 * i], latents[2 * i + 1])]++;
    }
    for (int k = 0; k < posterior.length; k++) {
      double error = Math.sqrt(posterior[k] * (1 - posterior[k]) / draws);
      assertThat((double) hits[k] / draws).isCloseTo(posterior[k], offset(4 * error + 1e-3));
    }
  }

  @Test
  void theSameSeedDrawsTheSameCharts() {
    assertThat(infer(events, Inference.SAMPLED, 8)).isEqualTo(infer(events, Inference.SAMPLED, 8));
    assertThat(infer(events, Inference.SAMPLED, 8))
        .isNotEqualTo(infer(events, Inference.SAMPLED, 9));
  }

  private double[] infer(EventBatch batch, Inference how, long seed) {
    double[] latents = new double[2 * batch.size()];
    scorer.infer(batch, how, seed, latents);
    return latents;
  }

  /** The chart whose latent this is. */
  private int nearest(double[] x, double z0, double z1) {
    for (int k = 0; k < ATLAS.config().charts().count(); k++) {
      double[] z = twin.latent(k, x);
      if (Math.hypot(z[0] - z0, z[1] - z1) < 5e-3) {
        return k;
      }
    }
    throw new AssertionError("(" + z0 + ", " + z1 + ") is no chart's latent");
  }

  private static int mostUndecided(ScoreBatch scores) {
    int best = 0;
    double least = 2;
    for (int i = 0; i < scores.size(); i++) {
      for (int p = 0; p < scores.posteriorSize(i); p++) {
        double distance = Math.abs(scores.posterior(i, p) - 0.5);
        if (distance < least) {
          least = distance;
          best = i;
        }
      }
    }
    return best;
  }
}
