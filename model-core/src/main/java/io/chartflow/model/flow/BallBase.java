package io.chartflow.model.flow;

import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.random.Normal;
import io.chartflow.model.random.SplitMix;

/**
 * The uniform density on the unit ball {@code B^d}, reached from {@code R^d} by {@code u = z/√(1 +
 * ‖z‖²)}. Radially {@code d‖u‖/d‖z‖ = (1 + ‖z‖²)^{−3/2}}, in the other d − 1 directions {@code
 * ‖u‖/‖z‖ = (1 + ‖z‖²)^{−1/2}}, so on {@code R^d} {@code log q(z) = −log vol(B^d) − ½(d + 2)·log(1
 * + ‖z‖²)}. Users see u.
 *
 * <p>A layer that is bounded nowhere can thus stand in front, and every event has a density: the
 * tails fall as {@code ‖z‖^{−(d+2)}}.
 */
final class BallBase implements Base {

  /** Beyond this radius u is within 5e-9 of the edge, and the square of z loses the one. */
  private static final double MAX_RADIUS = 1e4;

  private final int dimension;
  private final double logVolume;

  BallBase(int dimension) {
    this.dimension = dimension;
    this.logVolume = logVolume(dimension);
  }

  /** {@code vol(B^d) = vol(B^{d−2})·2π/d}, from 1 and 2. */
  static double logVolume(int dimension) {
    double log = dimension % 2 == 0 ? 0 : Math.log(2);
    for (int d = dimension % 2 == 0 ? 2 : 3; d <= dimension; d += 2) {
      log += Math.log(2 * Math.PI / d);
    }
    return log;
  }

  @Override
  public double logDensity(Matrix z, int i) {
    return -logVolume - 0.5 * (dimension + 2) * Math.log1p(squares(z, i));
  }

  @Override
  public void gradient(Matrix z, int i, float weight, Matrix dz) {
    double factor = weight * (dimension + 2) / (1 + squares(z, i));
    for (int j = 0; j < dimension; j++) {
      dz.set(i, j, (float) (factor * z.get(i, j)));
    }
  }

  private double squares(Matrix z, int i) {
    double squares = 0;
    int at = z.row(i);
    for (int j = 0; j < dimension; j++) {
      double value = z.data()[at + j];
      squares += value * value;
    }
    return squares;
  }

  @Override
  public void draw(SplitMix random, Matrix z, int i) {
    double[] direction = new double[dimension];
    for (int j = 0; j < dimension; j++) {
      direction[j] = random.nextGaussian();
    }
    place(direction, random.nextDouble(), z, i);
  }

  /** A direction and a radius: one coordinate more than features. */
  @Override
  public int coordinates() {
    return dimension + 1;
  }

  @Override
  public void quantile(double[] p, Matrix z, int i) {
    double[] direction = new double[dimension];
    for (int j = 0; j < dimension; j++) {
      direction[j] = Normal.quantile(p[j]);
    }
    place(direction, p[dimension], z, i);
  }

  /** {@code ‖u‖ = p^{1/d}}, {@code ‖z‖ = ‖u‖/√(1 − ‖u‖²)}. */
  private void place(double[] direction, double p, Matrix z, int i) {
    double norm = 0;
    for (double value : direction) {
      norm += value * value;
    }
    double radius = Math.pow(p, 1.0 / dimension);
    double reached = Math.min(radius / Math.sqrt(1 - radius * radius), MAX_RADIUS);
    double scale = norm > 0 ? reached / Math.sqrt(norm) : 0;
    for (int j = 0; j < dimension; j++) {
      z.set(i, j, (float) (scale * direction[j]));
    }
  }

  @Override
  public void show(double[] z) {
    double squares = 0;
    for (double value : z) {
      squares += value * value;
    }
    double scale = 1 / Math.sqrt(1 + squares);
    for (int j = 0; j < z.length; j++) {
      z[j] *= scale;
    }
  }
}
