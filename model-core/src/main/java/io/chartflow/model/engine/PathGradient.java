package io.chartflow.model.engine;

import io.chartflow.model.linalg.Kernels;
import io.chartflow.model.linalg.Matrix;
import io.chartflow.model.nn.Weights;
import io.chartflow.model.vq.PairList;
import java.util.List;

/**
 * The surprisal {@code S(x) = −log Σ_k w_k p(x|k)} and its gradient by {@code x} at points that
 * share one set of charts and weights; standardised units. {@code ∂S/∂x = −Σ_k p(k|x)·∂log
 * p(x|k)/∂x}, by the hand gradients of the flow. Working memory grows, never shrinks.
 */
final class PathGradient {

  private final Network network;
  private final Kernels kernels;
  private final Weights weights;
  private final List<Matrix> tables;
  private final PairFlow flow;
  private final FlowGradient unused;
  private final PairList pairs = new PairList();
  private float[] dRows = new float[0];
  private float[] dLogDet = new float[0];

  /** With these weights, whose transposed twin is up to date, and filled tables. */
  PathGradient(Network network, Kernels kernels, Weights weights, List<Matrix> tables) {
    this.network = network;
    this.kernels = kernels;
    this.weights = weights;
    this.tables = tables;
    this.flow = new PairFlow(network);
    this.unused = FlowGradient.zeros(network.flow(), network.charts());
  }

  /**
   * Evaluates every row of {@code points}.
   *
   * @param charts of the sum
   * @param logWeight {@code log w_k} of every chart of the atlas
   * @param surprisal takes {@code S}, one a row
   * @param gradient takes {@code ∂S/∂x}, (rows × D)
   */
  void evaluate(
      Matrix points, int[] charts, double[] logWeight, double[] surprisal, double[] gradient) {
    pairs.clear();
    for (int i = 0; i < points.rows(); i++) {
      pairs.addCharts(charts);
    }
    unused.clear();
    for (int i = 0; i < points.rows(); ) {
      int end = PairFlow.passEnd(pairs, i);
      flow.forward(kernels, weights, tables, points, 0, pairs, i, end);
      pass(i, end, charts, logWeight, surprisal, gradient);
      i = end;
    }
  }

  private void pass(
      int from, int to, int[] charts, double[] logWeight, double[] surprisal, double[] gradient) {
    int d = network.dimension();
    int n = (to - from) * charts.length;
    if (dLogDet.length < n) {
      dLogDet = new float[n];
      dRows = new float[n * d];
    }
    java.util.Arrays.fill(dRows, 0, n * d, 0f); // the distance from a surface adds nothing
    Matrix z = flow.latents(n);
    Matrix dz = Matrix.of(dRows, 0, n, d);
    for (int point = from; point < to; point++) {
      int at = (point - from) * charts.length;
      double log = logSum(flow.logDensity(), at, charts, logWeight);
      surprisal[point] = -log;
      for (int c = 0; c < charts.length; c++) {
        double posterior = Math.exp(flow.logDensity()[at + c] + logWeight[charts[c]] - log);
        dLogDet[at + c] = (float) -posterior;
        network.base().gradient(z, at + c, (float) posterior, dz);
      }
    }
    flow.backward(kernels, weights, tables, dz, dLogDet, unused);
    for (int point = from; point < to; point++) {
      for (int j = 0; j < d; j++) {
        double sum = 0;
        for (int c = 0; c < charts.length; c++) {
          sum += dz.get((point - from) * charts.length + c, j);
        }
        gradient[point * d + j] = sum;
      }
    }
  }

  private static double logSum(double[] logDensity, int at, int[] charts, double[] logWeight) {
    double peak = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < charts.length; c++) {
      peak = Math.max(peak, logDensity[at + c] + logWeight[charts[c]]);
    }
    double total = 0;
    for (int c = 0; c < charts.length; c++) {
      total += Math.exp(logDensity[at + c] + logWeight[charts[c]] - peak);
    }
    return peak + Math.log(total);
  }
}
