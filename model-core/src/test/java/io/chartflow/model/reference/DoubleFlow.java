package io.chartflow.model.reference;

import io.chartflow.model.config.BaseKind;
import io.chartflow.model.config.FlowConfig;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The whole family {@code f_k}: an embedding where there are fewer latents, then a stack. */
public final class DoubleFlow implements DoubleLayer {

  private final List<DoubleLayer> layers;
  private final int dimension;
  private final @Nullable DoubleEmbedding embedding;
  private final BaseKind base;
  private final int size;

  public DoubleFlow(FlowConfig config, int dimension, int codeDimension) {
    this(config, dimension, dimension, codeDimension);
  }

  /** With an embedding in front where there are fewer latents than features. */
  public DoubleFlow(FlowConfig config, int features, int dimension, int codeDimension) {
    double bound = config.maxLogScale();
    this.dimension = dimension;
    this.base = config.base();
    this.embedding =
        dimension < features
            ? new DoubleEmbedding(0, features, dimension, codeDimension, bound)
            : null;
    DoubleStack stack = new DoubleStack(config, dimension, codeDimension);
    this.layers = stack.layersFrom(embedding == null ? 0 : embedding.end());
    this.size = stack.end();
  }

  /** Number of weights. */
  public int size() {
    return size;
  }

  /** {@code f_k(x)}, and behind an embedding's latents the squared distance from the surface. */
  @Override
  public double[] forward(double[] theta, DoubleCharts charts, int k, double[] x, double[] logDet) {
    if (embedding == null) {
      return stack(theta, charts, k, x, logDet);
    }
    double[] u = embedding.forward(theta, charts, k, x, logDet);
    double[] z = stack(theta, charts.embedded(dimension), k, Arrays.copyOf(u, dimension), logDet);
    double[] out = Arrays.copyOf(z, dimension + 1);
    out[dimension] = u[dimension];
    return out;
  }

  private double[] stack(double[] theta, DoubleCharts charts, int k, double[] x, double[] logDet) {
    double[] y = x;
    for (DoubleLayer layer : layers) {
      y = layer.forward(theta, charts, k, y, logDet);
    }
    return y;
  }

  /** {@code log p(x|k) = log q(f_k(x)) + log|det J|}. */
  public double logDensity(double[] theta, DoubleCharts charts, int k, double[] x) {
    double[] sum = new double[1];
    double[] latents = forward(theta, charts, k, x, sum);
    return sum[0] + logBase(Arrays.copyOf(latents, dimension));
  }

  /** {@code log q(z)}. */
  private double logBase(double[] z) {
    double squares = Arrays.stream(z).map(value -> value * value).sum();
    if (base == BaseKind.GAUSSIAN) {
      return -squares / 2 - dimension * Math.log(2 * Math.PI) / 2;
    }
    double logVolume = Math.log(dimension % 2 == 0 ? 1 : 2);
    for (int d = dimension; d > 1; d -= 2) {
      logVolume += Math.log(2 * Math.PI / d);
    }
    return -logVolume - (dimension + 2) * Math.log(1 + squares) / 2;
  }
}
