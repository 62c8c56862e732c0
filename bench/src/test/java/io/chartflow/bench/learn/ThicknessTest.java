package io.chartflow.bench.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ThicknessTest {

  /** s² = (1 + 4 + 9)/3/2; at the events it was fitted to, the exponent is −(D−d)/2. */
  @Test
  void theVarianceIsOfOneDirection() {
    double[] distances = {1, 2, 3};

    Thickness thickness = Thickness.of(distances, 2);

    assertThat(thickness.variance()).isEqualTo(14.0 / 6);
    assertThat(thickness.meanLogDensity(distances))
        .isCloseTo(-Math.log(2 * Math.PI * 14.0 / 6) - 1, within(1e-12));
  }

  /**
   * Normal noise about a flat surface: what it adds is the entropy of the noise, −1.4189 − log σ.
   */
  @Test
  void noiseAboutAPlaneIsScoredAsItWasMade() {
    SplittableRandom random = new SplittableRandom(3);
    double[] fitted = distances(random);
    double[] fresh = distances(random);

    double added = Thickness.of(fitted, 1).meanLogDensity(fresh);

    double entropy = 0.5 * Math.log(2 * Math.PI * Math.E * 0.05 * 0.05);
    assertThat(added).isCloseTo(-entropy, within(0.01));
  }

  private static double[] distances(SplittableRandom random) {
    double[] distances = new double[20_000];
    for (int i = 0; i < distances.length; i++) {
      distances[i] = Math.abs(0.05 * random.nextGaussian());
    }
    return distances;
  }
}
