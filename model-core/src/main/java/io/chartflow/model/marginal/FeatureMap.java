package io.chartflow.model.marginal;

import io.chartflow.model.config.MarginalKind;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.online.Standardiser;
import java.util.List;

/**
 * {@code x̃_j = (T_j(x_j) − μ_j)/σ_j}: from the units of the input to those of the model, feature
 * by feature, and back. Immutable; part of each atlas. A standardised value beyond ±1e6 is taken as
 * the limit.
 *
 * <p>A density in the units of the input is that of the model times {@code |det J|},
 *
 * <pre>{@code log|det J| = Σ_j (log T_j'(x_j) − log σ_j)    for d = D
 *            = −d·log σ                          for d < D}</pre>
 *
 * @param marginals {@code T_j}, (D); empty where none has one
 * @param standardiser {@code μ, σ}, units of the {@code T_j}
 * @param latents dimension {@code d} of the density, from 1 to D; without transforms below D
 */
public record FeatureMap(List<Marginal> marginals, Standardiser standardiser, int latents) {

  /**
   * Transforms that are all {@code NONE} become the empty list.
   *
   * @throws IllegalArgumentException if the parts do not fit together
   */
  public FeatureMap {
    int dimension = standardiser.mean().size();
    boolean plain = marginals.stream().allMatch(m -> m.kind() == MarginalKind.NONE);
    if (!marginals.isEmpty() && marginals.size() != dimension) {
      throw new IllegalArgumentException(
          "a feature map of %d features needs as many transforms, got %d"
              .formatted(dimension, marginals.size()));
    }
    if (latents < 1 || latents > dimension || (latents < dimension && !plain)) {
      throw new IllegalArgumentException(
          "a feature map of %d features needs 1 to %d latents%s, got %d"
              .formatted(
                  dimension, dimension, plain ? "" : ", all of them with transforms", latents));
    }
    marginals = plain ? List.of() : List.copyOf(marginals);
  }

  /** Without transforms. */
  public static FeatureMap of(Standardiser standardiser, int latents) {
    return new FeatureMap(List.of(), standardiser, latents);
  }

  /** Number of features {@code D}. */
  public int dimension() {
    return standardiser.mean().size();
  }

  /**
   * Maps {@code rows} rows.
   *
   * @param values finite, (rows × D), row-major, units of the input
   * @param out takes the rows, (rows × D)
   * @param logDet takes {@code log|det J|} of each row
   */
  public void apply(double[] values, int rows, Matrix out, double[] logDet) {
    java.util.Arrays.fill(logDet, 0, rows, standardiser.logDeterminant(latents));
    if (marginals.isEmpty()) {
      standardiser.apply(values, rows, out);
      return;
    }
    int dimension = dimension();
    for (int j = 0; j < dimension; j++) {
      Marginal marginal = marginals.get(j);
      for (int i = 0; i < rows; i++) {
        double x = values[i * dimension + j];
        out.set(i, j, standardiser.apply(j, marginal.apply(x)));
        logDet[i] += marginal.logDerivative(x);
      }
    }
  }

  /**
   * What feature {@code j} with value {@code x} adds to {@code log|det J|}: {@code log T_j'(x) −
   * log σ_j}; in equal parts {@code −(d/D)·log σ} where d is below D.
   */
  public double logDerivative(int j, double x) {
    double logScale = Math.log(standardiser.scale().get(j));
    if (latents < dimension()) {
      return -logScale * latents / dimension();
    }
    return (marginals.isEmpty() ? 0 : marginals.get(j).logDerivative(x)) - logScale;
  }

  /** Takes row {@code i} of standardised values back to the units of the input. */
  public void invert(Matrix standardised, int i, double[] out, int offset) {
    standardiser.invert(standardised, i, out, offset);
    for (int j = 0; j < marginals.size(); j++) {
      out[offset + j] = marginals.get(j).invert(out[offset + j]);
    }
  }
}
