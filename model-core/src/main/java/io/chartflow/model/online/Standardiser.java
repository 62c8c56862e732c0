package io.chartflow.model.online;

import io.chartflow.model.linalg.Doubles;
import io.chartflow.model.linalg.Matrix;

/**
 * {@code x̃_j = (x_j − μ_j)/σ_j}, per feature; {@code log|det J| = −Σ log σ_j}. With latents of
 * fewer features there is one σ for all, since charts have to stay conformal. A standardised value
 * beyond ±{@value #LIMIT} is taken as the limit, so that every finite event has a finite density.
 *
 * @param mean {@code μ}, units of the input
 * @param scale {@code σ > 0}, units of the input
 */
public record Standardiser(Doubles mean, Doubles scale) {

  /** Largest standardised value. */
  public static final double LIMIT = 1e6;

  /** {@code −Σ log σ_j}: what a standardised log-density lacks to be in the units of the input. */
  public double logDeterminant() {
    double sum = 0;
    for (int j = 0; j < scale.size(); j++) {
      sum -= Math.log(scale.get(j));
    }
    return sum;
  }

  /**
   * As {@link #logDeterminant()} for a density on a surface of {@code latents} dimensions: {@code
   * −d·log σ}.
   */
  public double logDeterminant(int latents) {
    return latents == scale.size() ? logDeterminant() : -latents * Math.log(scale.get(0));
  }

  /** Standardises {@code rows} rows of {@code values} (row-major) into {@code out}. */
  public void apply(double[] values, int rows, Matrix out) {
    int dimension = mean.size();
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < dimension; j++) {
        out.set(i, j, apply(j, values[i * dimension + j]));
      }
    }
  }

  /** Standardises a value of feature {@code j}. */
  public float apply(int j, double value) {
    double x = (value - mean.get(j)) / scale.get(j);
    return (float) Math.max(-LIMIT, Math.min(LIMIT, x));
  }

  /** Takes row {@code i} of standardised values back to the units of the input. */
  public void invert(Matrix standardised, int i, double[] out, int offset) {
    for (int j = 0; j < mean.size(); j++) {
      out[offset + j] = mean.get(j) + scale.get(j) * standardised.get(i, j);
    }
  }
}
