package io.chartflow.model.reference;

import io.chartflow.model.config.FlowConfig;
import io.chartflow.model.random.SplitMix;
import java.util.ArrayList;
import java.util.List;

/** The whole family {@code f_k}: chart affine, then couplings with permutations between them. */
public final class DoubleFlow implements DoubleLayer {

  private final List<DoubleLayer> layers = new ArrayList<>();
  private final int size;

  public DoubleFlow(FlowConfig config, int dimension, int codeDimension) {
    double bound = config.maxLogScale();
    DoubleChartAffine first = new DoubleChartAffine(0, dimension, codeDimension, bound);
    layers.add(first);
    int end = first.end();
    int half = Math.max(1, dimension / 2);
    SplitMix orders = SplitMix.forStream(dimension, 7);
    for (int l = 0; l < config.couplings(); l++) {
      if (l > 0 && dimension > 3 && l % 2 == 0) {
        layers.add(DoublePermutation.shuffle(dimension, orders));
      } else if (l > 0 && dimension > 1) {
        layers.add(DoublePermutation.rotation(dimension, half));
      }
      int kept = dimension == 1 ? 0 : l % 2 == 0 ? dimension - half : half;
      DoubleCoupling coupling =
          new DoubleCoupling(end, dimension, kept, codeDimension, config.width(), bound);
      layers.add(coupling);
      end = coupling.end();
    }
    this.size = end;
  }

  /** Number of weights. */
  public int size() {
    return size;
  }

  @Override
  public double[] forward(double[] theta, DoubleCharts charts, int k, double[] x, double[] logDet) {
    double[] y = x;
    for (DoubleLayer layer : layers) {
      y = layer.forward(theta, charts, k, y, logDet);
    }
    return y;
  }

  /** {@code log p(x|k) = log q(f_k(x)) + log|det J|}. */
  public double logDensity(double[] theta, DoubleCharts charts, int k, double[] x) {
    double[] sum = new double[1];
    for (double z : forward(theta, charts, k, x, sum)) {
      sum[0] -= (z * z + Math.log(2 * Math.PI)) / 2;
    }
    return sum[0];
  }
}
