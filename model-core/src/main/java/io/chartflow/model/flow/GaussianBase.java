package io.chartflow.model.flow;

import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.random.Normal;
import io.chartflow.model.random.SplitMix;

/** {@code q = N(0, I)}: {@code log q(z) = −½‖z‖² − (d/2)·log 2π}. */
final class GaussianBase implements Base {

  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  private final int dimension;

  GaussianBase(int dimension) {
    this.dimension = dimension;
  }

  @Override
  public double logDensity(Matrix z, int i) {
    double squares = 0;
    int at = z.row(i);
    for (int j = 0; j < dimension; j++) {
      double value = z.data()[at + j];
      squares += value * value;
    }
    return -0.5 * squares - dimension * HALF_LOG_TWO_PI;
  }

  @Override
  public void gradient(Matrix z, int i, float weight, Matrix dz) {
    for (int j = 0; j < dimension; j++) {
      dz.set(i, j, weight * z.get(i, j));
    }
  }

  @Override
  public void draw(SplitMix random, Matrix z, int i) {
    for (int j = 0; j < dimension; j++) {
      z.set(i, j, (float) random.nextGaussian());
    }
  }

  @Override
  public int coordinates() {
    return dimension;
  }

  @Override
  public void quantile(double[] p, Matrix z, int i) {
    for (int j = 0; j < dimension; j++) {
      z.set(i, j, (float) Normal.quantile(p[j]));
    }
  }

  @Override
  public void show(double[] z) {}
}
