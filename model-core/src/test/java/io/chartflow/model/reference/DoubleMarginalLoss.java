package io.chartflow.model.reference;

import io.chartflow.model.config.EmbeddingConfig;
import java.util.Arrays;

/**
 * {@code −(1/n)·Σ_x log Σ_{k: x∈U_k} p_k p(x|k)}; with an embedding {@code α} times that plus
 * {@code (β/n)·Σ_x Σ_k p(k|x)·ρ_k(x)/s_k²}, {@code s_k² = Σ_j var_kj/d}, where the posterior is
 * that of the weights where the gradient is taken and does not move with them.
 */
public final class DoubleMarginalLoss {

  private final DoubleFlow flow;
  private final DoubleCharts charts;
  private final double[] logPrior;

  public DoubleMarginalLoss(DoubleFlow flow, DoubleCharts charts, double[] logPrior) {
    this.flow = flow;
    this.charts = charts;
    this.logPrior = logPrior.clone();
  }

  /** The loss with an embedding; {@code anchor} are the weights where the gradient is taken. */
  public double embedded(
      EmbeddingConfig config, double[] anchor, double[] theta, double[][] rows, int[][] covering) {
    double loss = config.likelihoodWeight() * of(theta, rows, covering);
    for (int i = 0; i < rows.length; i++) {
      double[][] one = {rows[i]};
      double log = -of(anchor, one, new int[][] {covering[i]});
      for (int k : covering[i]) {
        double logJoint = logPrior[k] + flow.logDensity(anchor, charts, k, rows[i]);
        double[] z = flow.forward(theta, charts, k, rows[i], new double[1]);
        double posterior = Math.exp(logJoint - log);
        double spread = Arrays.stream(charts.variance(k)).sum() / config.dimension();
        double relative = z[config.dimension()] / spread;
        loss += config.reconstructionWeight() * posterior * relative / rows.length;
      }
    }
    return loss;
  }

  /** The loss of {@code rows}; {@code covering[i]} are the charts that cover row i. */
  public double of(double[] theta, double[][] rows, int[][] covering) {
    double loss = 0;
    for (int i = 0; i < rows.length; i++) {
      double sum = 0;
      for (int k : covering[i]) {
        sum += Math.exp(logPrior[k] + flow.logDensity(theta, charts, k, rows[i]));
      }
      loss -= Math.log(sum) / rows.length;
    }
    return loss;
  }
}
