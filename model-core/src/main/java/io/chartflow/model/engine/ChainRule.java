package io.chartflow.model.engine;

import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.nn.Weights;
import io.chartflow.model.vq.PairList;
import java.util.List;

/**
 * The density of the first features of an event under an autoregressive flow: {@code p(x_≤j) = Σ_k
 * w_k Π_{i≤j} p_k(x_i|x_<i)}, exact, for every {@code j}; standardised units. {@code log
 * p_k(x_i|x_<i) = log N(z_i) + log ∂z_i/∂x_i}, since {@code z_i} depends on {@code x_≤i} alone.
 *
 * <p>Needs a flow with {@link io.chartflow.model.config.FlowConfig#isAutoregressive()} and as many
 * latents as features.
 */
final class ChainRule {

  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  private final Kernels kernels;
  private final Weights weights;
  private final List<Matrix> tables;
  private final PairFlow flow;
  private final PairList pairs = new PairList();
  private final int dimension;
  private double[] joint = new double[0];
  private double[] logScales = new double[0];

  ChainRule(Network network, Kernels kernels, Weights weights, List<Matrix> tables) {
    this.kernels = kernels;
    this.weights = weights;
    this.tables = tables;
    this.flow = new PairFlow(network);
    this.dimension = network.dimension();
  }

  /** Whether a flow of this structure has these densities. */
  static boolean holdsFor(Network network) {
    return network.config().flow().isAutoregressive() && !network.isEmbedded();
  }

  /**
   * Writes {@code log p(x_<j)} to {@code out[j]} for j from 0, where it is {@code log Σ w_k}, to
   * {@code features}. The features of row i of {@code x} from {@code features} on are not looked at
   * but have to be finite.
   *
   * @param charts of the sum
   * @param logWeight {@code log w_k} of every chart of the atlas
   */
  void logDensities(Matrix x, int i, int features, int[] charts, double[] logWeight, double[] out) {
    int n = charts.length;
    if (joint.length < n) {
      joint = new double[n];
      logScales = new double[n * dimension];
    }
    pairs.clear();
    pairs.addCharts(charts);
    flow.forward(kernels, weights, tables, x, i, pairs, 0, 1);
    flow.logScales(kernels, weights, tables, n, logScales);
    Matrix z = flow.latents(n);
    for (int c = 0; c < n; c++) {
      joint[c] = logWeight[charts[c]];
    }
    out[0] = logSum(n);
    for (int j = 0; j < features; j++) {
      for (int c = 0; c < n; c++) {
        double value = z.get(c, j);
        joint[c] += logScales[c * dimension + j] - 0.5 * value * value - HALF_LOG_TWO_PI;
      }
      out[j + 1] = logSum(n);
    }
  }

  /** {@code log(w_k·p_k)} of a chart of the last call, at all of its features. */
  double joint(int chart) {
    return joint[chart];
  }

  private double logSum(int n) {
    double peak = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < n; c++) {
      peak = Math.max(peak, joint[c]);
    }
    double total = 0;
    for (int c = 0; c < n; c++) {
      total += Math.exp(joint[c] - peak);
    }
    return peak + Math.log(total);
  }
}
