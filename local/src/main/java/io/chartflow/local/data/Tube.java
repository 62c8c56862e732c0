package io.chartflow.local.data;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Curves with Gaussian noise around them: an arc drawn evenly, {@code θ} uniform on it, the point
 * scaled, and noise {@code N(0, σ²I)} added <em>after</em> scaling. Its density is an integral over
 * {@code θ}, see {@link TubeQuadrature}.
 */
final class Tube implements Generator {

  private final int dimension;
  private final List<Arc> arcs;
  private final double scale;
  private final double sd;
  private final TubeQuadrature quadrature;

  Tube(int dimension, double scale, double sd, Arc... arcs) {
    this.dimension = dimension;
    this.arcs = List.of(arcs);
    this.scale = scale;
    this.sd = sd;
    this.quadrature = new TubeQuadrature(dimension, this.arcs, scale, sd);
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public void draw(SplittableRandom random, long index, double[] out) {
    Arc arc = arcs.get(arcs.size() == 1 ? 0 : random.nextInt(arcs.size()));
    arc.curve().at(arc.from() + (arc.to() - arc.from()) * random.nextDouble(), out);
    for (int j = 0; j < dimension; j++) {
      out[j] = scale * out[j] + sd * random.nextGaussian();
    }
  }

  @Override
  public double logDensity(double[] x, long index) {
    return quadrature.logDensity(x);
  }
}
