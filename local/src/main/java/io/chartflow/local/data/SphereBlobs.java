package io.chartflow.local.data;

import java.util.SplittableRandom;

/**
 * Three blobs on the unit sphere of {@code R³} with a little noise around it, so that the density
 * is one of three dimensions: {@code x = u + σ·ε}, where {@code u} comes from an even mixture of
 * von Mises–Fisher distributions about the three axes, of concentration {@code κ}.
 *
 * <p>The density is closed: the normal density is, as a function of {@code u}, von Mises–Fisher
 * once more, so {@code ∫ exp(w·u) du = 4π sinh‖w‖/‖w‖} with {@code w = κμ + x/σ²} (Mardia and Jupp,
 * <em>Directional Statistics</em>, §9.3).
 *
 * <p><em>Differs from the paper in</em>: Sidheekh et al. (UAI 2022) show such a set in their figure
 * 4 but print neither blobs nor noise; these numbers are this project's.
 */
final class SphereBlobs implements Generator {

  private static final double CONCENTRATION = 12;
  private static final double SD = 0.05;
  private static final int BLOBS = 3;

  @Override
  public int dimension() {
    return 3;
  }

  @Override
  public void draw(SplittableRandom random, long index, double[] out) {
    int axis = random.nextInt(BLOBS);
    double v = random.nextDouble();
    double along = 1 + Math.log(v + (1 - v) * Math.exp(-2 * CONCENTRATION)) / CONCENTRATION;
    double across = Math.sqrt(Math.max(0, 1 - along * along));
    double angle = 2 * Math.PI * random.nextDouble();
    out[axis] = along;
    out[(axis + 1) % 3] = across * Math.cos(angle);
    out[(axis + 2) % 3] = across * Math.sin(angle);
    for (int j = 0; j < 3; j++) {
      out[j] += SD * random.nextGaussian();
    }
  }

  @Override
  public double logDensity(double[] x, long index) {
    double precision = 1 / (SD * SD);
    double squared = x[0] * x[0] + x[1] * x[1] + x[2] * x[2];
    if (squared * precision > 1e100) {
      return Double.NEGATIVE_INFINITY;
    }
    double max = Double.NEGATIVE_INFINITY;
    double[] terms = new double[BLOBS];
    for (int axis = 0; axis < BLOBS; axis++) {
      double square =
          CONCENTRATION * CONCENTRATION
              + 2 * CONCENTRATION * x[axis] * precision
              + squared * precision * precision;
      terms[axis] = logSinhOver(Math.sqrt(Math.max(0, square)));
      max = Math.max(max, terms[axis]);
    }
    double sum = 0;
    for (double term : terms) {
      sum += Math.exp(term - max);
    }
    return max
        + Math.log(sum / BLOBS)
        - logSinhOver(CONCENTRATION)
        - 0.5 * (squared + 1) * precision
        - 1.5 * Math.log(2 * Math.PI * SD * SD);
  }

  /** {@code log(sinh(w)/w)}, for {@code w ≥ 0}. */
  private static double logSinhOver(double w) {
    return w < 1e-4 ? w * w / 6 : w + Math.log1p(-Math.exp(-2 * w)) - Math.log(2 * w);
  }
}
