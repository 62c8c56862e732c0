package io.chartflow.model.reference;

/** {@code −(1/n)·Σ_x log Σ_{k: x∈U_k} p_k p(x|k)}. */
public final class DoubleMarginalLoss {

  private final DoubleFlow flow;
  private final DoubleCharts charts;
  private final double[] logPrior;

  public DoubleMarginalLoss(DoubleFlow flow, DoubleCharts charts, double[] logPrior) {
    this.flow = flow;
    this.charts = charts;
    this.logPrior = logPrior.clone();
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
