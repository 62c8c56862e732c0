package io.chartflow.model.flow;

import io.chartflow.model.config.BaseKind;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.random.SplitMix;

/**
 * The base density {@code q} on all of {@code R^d}, in nats: where the last layer leaves its {@code
 * z}. A latent that a user sees is {@link #show}n in the base's own coordinates.
 */
public interface Base {

  /** The base of this kind for latents of {@code dimension} features. */
  static Base of(BaseKind kind, int dimension) {
    return switch (kind) {
      case GAUSSIAN -> new GaussianBase(dimension);
      case BALL -> new BallBase(dimension);
    };
  }

  /** {@code log q(z)} of row {@code i}. */
  double logDensity(Matrix z, int i);

  /** Writes the gradient of {@code −weight·log q(z)} of row {@code i} to that row of {@code dz}. */
  void gradient(Matrix z, int i, float weight, Matrix dz);

  /** Draws row {@code i} of {@code z}. */
  void draw(SplitMix random, Matrix z, int i);

  /** Uniform numbers that {@link #quantile} makes a point of. */
  int coordinates();

  /**
   * Writes the point that {@code p} in {@code (0, 1)^coordinates} stands for to row {@code i} of
   * {@code z}: even points of the cube become points that are spread as {@code q}.
   */
  void quantile(double[] p, Matrix z, int i);

  /** Takes {@code z}, in place, to the coordinates in which users see it. */
  void show(double[] z);
}
