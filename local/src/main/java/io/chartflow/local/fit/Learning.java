package io.chartflow.local.fit;

import io.chartflow.model.engine.TrainReport;

/** Sums up the reports of a pass. */
final class Learning {

  /** The share of the newest batch in the mean over the last batches. */
  private static final double RECENT_SHARE = 0.02;

  private double sum;
  private long scored;
  private double recent = Double.NaN;
  private long refused;
  private long steps;
  private int usedCharts;

  void add(TrainReport report) {
    steps = report.step();
    usedCharts = report.usedCharts();
    if (report.refused()) {
      refused++;
    }
    double value = report.logLikelihood();
    if (report.scored() > 0 && Double.isFinite(value)) {
      sum += value * report.scored();
      scored += report.scored();
      recent = Double.isNaN(recent) ? value : recent + RECENT_SHARE * (value - recent);
    }
  }

  /** Mean prequential log-density over the pass; NaN if nothing was scored. */
  double logLikelihood() {
    return scored == 0 ? Double.NaN : sum / scored;
  }

  /** The same over the last batches. */
  double recent() {
    return recent;
  }

  long refused() {
    return refused;
  }

  long steps() {
    return steps;
  }

  int usedCharts() {
    return usedCharts;
  }
}
