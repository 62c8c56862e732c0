package io.chartflow.model.marginal;

import io.chartflow.model.config.MarginalKind;
import io.chartflow.model.linalg.Doubles;
import io.chartflow.model.online.Standardiser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Fits a {@link FeatureMap} to a sample of the first events: a transform for each feature, then
 * mean and σ of what it gives.
 *
 * <p>A single value far out must not set the scale of a feature. So with 16 values or more, those
 * further than 10 robust σ from the median are left out of mean and σ, where the robust σ is the
 * largest that fits the inner 50, 90 or 99 %. Of a normal or uniform sample nothing is left out and
 * mean and σ are the plain ones; of an exponential, about 1 value in 50,000, which changes σ by
 * less than 2 %. A cluster of 1 % or more is never left out, however far it lies.
 *
 * <p>A constant or nearly constant feature gets the floor {@code σ ≥ 1e-9·max(1, |μ|)}.
 */
public final class FeatureFit {

  private static final double FAR = 10;
  private static final int FEW = 16;
  private static final double FLOOR = 1e-9;

  private FeatureFit() {}

  /**
   * The map for what was seen.
   *
   * @param kinds the transform of each feature, (D)
   * @param latents dimension {@code d} of the density; below {@code D} there is one σ for all
   *     features, the root of their mean variance, since a chart's map must stay conformal
   * @throws IllegalArgumentException if nothing was seen
   */
  public static FeatureMap fit(FirstEvents first, List<MarginalKind> kinds, int latents) {
    int dimension = first.dimension();
    if (first.size() == 0 || kinds.size() != dimension) {
      throw new IllegalArgumentException(
          "a feature map needs at least one event and %d transforms, got %d and %d"
              .formatted(dimension, first.size(), kinds.size()));
    }
    List<Marginal> marginals = new ArrayList<>();
    double[] mean = new double[dimension];
    double[] scale = new double[dimension];
    for (int j = 0; j < dimension; j++) {
      double[] values = first.sorted(j);
      Marginal marginal = MarginalFit.fit(kinds.get(j), values);
      Arrays.setAll(values, i -> marginal.apply(values[i]));
      marginals.add(marginal);
      standardise(values, j, mean, scale);
    }
    if (latents < dimension) {
      double squares = Arrays.stream(scale).map(s -> s * s).sum();
      Arrays.fill(scale, Math.sqrt(squares / dimension));
    }
    return new FeatureMap(
        marginals, new Standardiser(Doubles.copyOf(mean), Doubles.copyOf(scale)), latents);
  }

  private static void standardise(double[] sorted, int j, double[] mean, double[] scale) {
    double median = Spread.median(sorted);
    double reach = sorted.length < FEW ? Double.POSITIVE_INFINITY : FAR * Spread.whole(sorted);
    int kept = 0;
    double sum = 0;
    for (double y : sorted) {
      if (Math.abs(y - median) <= reach) {
        kept++;
        sum += y - median;
      }
    }
    double offset = sum / kept;
    double squares = 0;
    for (double y : sorted) {
      if (Math.abs(y - median) <= reach) {
        squares += (y - median - offset) * (y - median - offset);
      }
    }
    mean[j] = median + offset;
    double deviation = Math.sqrt(squares / Math.max(1, kept - 1));
    scale[j] = Math.max(deviation, FLOOR * Math.max(1, Math.abs(mean[j])));
  }
}
